# Sentences of the home page alone; those that contacts' apps say too are in web.ftl.

back-to-people = Back to people
keys-search = Find someone
keys-place = Pin, mute, archive or block the chosen one
keys-add = Add someone
keys-arrows = Move in the list
keys-enter = Open
people = People
lists = Lists
search-no-name = Nobody here has that name.
add-someone = Add someone
add-section = Add
settings = Settings
archived-text = Who is archived stands apart, and comes back while something new is unread.
blocked-text = Who is blocked is neither dialled nor answered, and is not told.
people-apart = Everybody here is archived or blocked.
list-count = { $list }, { $count }
switch-title = Open an app
forward-title = Forward to
switch-none = Nobody here has that name.
found-people-title = New in your address book
found-people =
    { $count ->
        [one] 1 person is new in your address book
       *[other] { $count } people are new in your address book
    }
found-people-text = Look through them before anybody is saved.
found-people-go = Look through
found-messages = Messages
found-count =
    { $count ->
        [0] No message found
        [one] 1 message found
       *[other] { $count } messages found
    }
found-not-whole = Not every conversation could be searched.
row-muted = muted
row-place = Pin, mute, archive or block { $name }
row-unread = { $count } unread
empty-title = One app for each person
empty-text = Add someone, and Kith makes an app for just the two of you. It talks from your device to theirs. There is no account, and nothing in the middle.
empty-answer = I was given a code
empty-import = Bring contacts from a file
row-saved = Saved, not yet invited
saved-title = { $name } is saved
saved-text = Invite { $name }, and Kith makes an app for the two of you. Until then nothing is made, and nobody is told.
show-code = Show code
see-stages = See
remove-short = Remove

device = This device
device-waiting = Waiting here
device-waiting-note = They leave when the other devices can be reached.
device-waiting-none = All you wrote has left.
device-reached = Reached now
device-reached-none = Nobody
device-reached-direct = { $direct } direct
device-reached-both = { $direct } direct, { $relayed } relayed
device-reached-relay-note = The relay passes sealed packets on and keeps none.
device-reached-note = No server and no relay carries this.
device-reached-none-note = What you write waits here until a device is back.
device-kept = Kept here
device-kept-size = { $size }, sealed
device-kept-note = One vault for each person.
device-key = Key
device-key-file = In a file
device-key-file-note = Whoever can read your files on this device can open the vaults.
device-keys-find = to find someone,
device-keys-all = for all keys.
device-keys-press = Press
words-banner-title = Write down your 24 words
words-banner = They are the root of your keys. On the day all your devices are lost, they prove to your people that you are you. Kith shows them until you have checked them back.
words-banner-go = Write them down

answer = Answer
who-makes = Who makes the code
import = From a file
import-title = Bring people from an address book
import-text = Choose a file of contacts (.vcf) from your phone or mail program. You see who is in it before anything is saved. Of each card Kith keeps the name, the photo and its id, and none of it leaves this device.
import-choose = Choose files
import-more = Add another file
import-drop = Or drop them here.
import-reading = Reading.
import-found = Who is in there
import-count =
    { $count ->
        [one] 1 person, { $fresh } new.
       *[other] { $count } people, { $fresh } new.
    }
import-all = Everybody who is new
import-photo = With a photo
import-known = A contact already, made from this card
import-same-name = There is a contact with this name
import-twice = Stands there twice
import-skipped-unnamed =
    { $count ->
        [one] 1 card has no name.
       *[other] { $count } cards have no name.
    }
import-skipped-not-a-person =
    { $count ->
        [one] 1 card is a list or a thing.
       *[other] { $count } cards are lists or things.
    }
import-skipped-too-large =
    { $count ->
        [one] 1 card is too large.
       *[other] { $count } cards are too large.
    }
import-skipped-unreadable =
    { $count ->
        [one] 1 card can’t be read.
       *[other] { $count } cards can’t be read.
    }
import-skipped-too-many =
    { $count ->
        [one] 1 card is more than Kith holds.
       *[other] { $count } cards are more than Kith holds.
    }
import-save =
    { $count ->
        [one] Save 1 person
       *[other] Save { $count } people
    }
import-drop-all = Leave all of them
import-unreadable = This file can’t be read.
import-book-unread = The address book on the server can’t be read: { $why }. It is asked again in a while.
invite-title = Who is it for?
invite-text = Kith makes an app for the two of you, and a code that you read to them.
invite-name = What you call this person
making-text = You can close this; it goes on.
open-app = Open our app
making-gone = This app is not here any more
failed-title = The app for you and { $name } could not be made

answer-title = Type the code you were given
answer-text = Six digits, then four words. Spelling is helped along.
answer-name = What you call this person
answer-make = Make our app
answer-stop = Stop looking
answer-name-missing = Say what you call this person.
link-answer-title = Use the link or picture you were given
link-answer-text = Paste the link. It starts with “kith:”.
trying-now = It has to be on, with Kith running. Then the two compare what was typed.
trying-kept = Nothing is kept until { $name }’s device has proven that it made this.
answer-before = Nothing is kept until the code or link has matched. Then both devices keep the app.

settings-you = You
settings-name = Name
settings-name-text = What new people see: { $name }
settings-name-none = New people see none.
settings-words = 24 words
settings-words-open = They prove that you are you. Not yet written down.
settings-words-done = Written down and checked. They are no longer on this device.
settings-words-go = Write down
settings-device = This device
settings-reach = Network
settings-reach-lan = Your local network only. Devices elsewhere are not looked for.
settings-reach-internet = Your local network and the internet, from device to device.
settings-kept = Kept here
settings-kept-text =
    { $count ->
        [one] { $size } in 1 vault, sealed.
       *[other] { $size } in { $count } vaults, all sealed.
    }
settings-kept-look = Look at it
settings-backup = Backup
settings-backup-text = One sealed file with your people and all that was said, for another device.
settings-backup-go = Make one
backup-title = Make a backup
backup-text = One sealed file with your people, what was said, and the files that are whole here. On another device Kith begins from it, and everything is there.
backup-not = No key is in it, and not your 24 words: whoever opens it can read, and can’t write as you. To write on from the other device, you pair again with each of your people. What you delete later stays in it.
backup-passphrase = A passphrase for the backup
backup-passphrase-text = It opens with its passphrase alone, which nobody can tell you. Four or five words that nobody would put together are good ones. Keep the two apart from each other.
backup-do = Make the backup
backup-going-title = The backup is being made
backup-going = Your browser downloads it. Everything else goes on meanwhile.
backup-begins = It begins in a moment.
backup-progress = { $written } of about { $about }
backup-stop = Stop it
backup-done-title = The backup is whole
backup-done = { $size }. People: { $contacts }, files: { $files }.
backup-done-where = All of it was handed to your browser. Look where it saves files whether it arrived, before you rely on it.
backup-left-out = What was said with { $name } could not be read and is not in it.
backup-restore = On another device, where there is no Kith yet:
back-to-settings = Back to the settings
storage-title = Kept on this device
storage-text = What each app keeps here, all of it sealed.
storage-text-room = What each app keeps here, all of it sealed. { $room } of this disk are free.
storage-none = Nothing is kept yet.
storage-messages = Messages { $size }
storage-sent = Sent files { $size }
storage-came = Files that came { $size }
storage-partly = Half here { $size }
storage-other = Other { $size }
storage-free = Free room…
storage-free-of = Free room of { $name }’s files
free-title = { $count ->
    [one] Remove one file that came from { $name }?
   *[other] Remove { $count } files that came from { $name }?
}
free-text = Their messages stay. You can ask for each again as long as { $name }’s device keeps it, and no longer.
free-text-sent = Files that you sent stay: { $name } may still ask for them.
free-keep = Keep them
free-do = Remove { $size }
settings-key-file = In a file. Whoever can read your files on this device can open the vaults.
settings-key-passphrase = Under a passphrase.
settings-change = Change
own-name-title = Your name
own-name-text = People whom you invite from now on see it. Those who have you already call you what they like.
settings-lock = Lock
settings-lock-none = Off. It needs a passphrase.
settings-lock-after =
    { $count ->
        [0] Off. { settings-lock-now } closes every page and command until your passphrase is given.
        [one] After a minute in which nobody used it, with your passphrase. Messages go on arriving.
       *[other] After { $count } minutes in which nobody used it, with your passphrase. Messages go on arriving.
    }
settings-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
settings-passphrase = Passphrase
settings-passphrase-set = Set one
settings-passphrase-change = Change
settings-passphrase-remove = Remove
settings-keyring = Start without asking
settings-keyring-text = The desktop’s keyring opens the vaults when Kith starts. Whoever is logged in to this desktop as you can then start Kith and read it; whoever has only the disk can’t, as long as your login password holds. A lock is opened by the passphrase alone.
settings-keyring-lost = The desktop’s keyring did not take what it needs for the new passphrase, so Kith asks when it starts.
settings-keyring-lost-hint = Switch it on again.
settings-notifications = Notifications show
settings-notifications-text = On this device’s desktop, also while no page is open. Not who is muted.
settings-notifications-off = Nothing
settings-notifications-names = Names only
settings-notifications-texts = Names and words
settings-language = Language
settings-language-text = Of all pages on this device.
settings-language-browser = As the browser
settings-language-en = English
settings-language-de = Deutsch
settings-language-ar = العربية
passphrase-set-title = Set a passphrase
passphrase-change-title = Change the passphrase
passphrase-remove-title = Remove the passphrase?
passphrase-text = Kith asks for it when it starts and when it is locked. Four or five words that nobody would put together are good ones. Nobody can tell it to you: without it, what lies on this device stays closed.
passphrase-remove-text = Whoever can read your files on this device can then open the vaults, and it can’t be locked.
passphrase-keep-title = Start without asking?
passphrase-keep-text = Your passphrase is not kept: only a key that it makes, in the desktop’s keyring. Don’t forget it, as it opens a lock, and everything where there is no keyring.
passphrase-keep-do = Start without asking
passphrase-forget-title = Ask each time Kith starts?
passphrase-forget-text = The key is taken out of the desktop’s keyring. Kith then starts at a terminal, which asks for the passphrase; it does not start from a launcher.
passphrase-forget-do = Ask each time
passphrase-old = The passphrase in force
passphrase-new = The new passphrase
passphrase-repeat = Once more
passphrase-differ = The two are not the same.
passphrase-set-do = Set it
passphrase-change-do = Change it
passphrase-remove-do = Remove it
settings-where = Where it lies
settings-version = Version
seed-title = Your 24 words
seed-text = Write them on paper, in this order. They are the root of your keys, for the day all your devices are lost. Whoever has them can act for you, so show them to nobody.
seed-list = The 24 words, in order
seed-written = I have written them down
seed-check-title = Type the words back
seed-check-text = From the paper, in order, with a space between. When they are right, Kith erases them here: from then on they exist only on the paper.
seed-check-field = The 24 words
seed-check = Check
seed-count = { $count } of 24 words
seed-back = Show them again
seed-done-title = Checked
seed-done = The words are right. They are erased here and exist only where you wrote them. Keep the paper.
