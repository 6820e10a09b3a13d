var e=[`kith = Kith
back-to-conversation = Back to the conversation
close = Close
copied = Copied
cancel = Not now
away = Kith is not running on this device. Start it, this page goes on by itself.
away-title = Kith is not running
connecting = Opening Kith
locked-title = Open this from Kith
locked = This page holds private messages, so it opens only from Kith itself. Type this in a terminal:
locked-command = kith open
error-gone = Kith is not running on this device.
error-gone-hint = Start it and try again.
keys-title = Keys
keys-switch = Open any app
keys-help = All keys
keys-escape = Back
keys-write = Write
keys-send = Send
keys-newline = New line
keys-messages = Move between messages
keys-about = About this app
keys-find = Find words here
keys-menu = What to do with the chosen message
keys-reply = Reply to the chosen message
keys-react = Put an emoji at the chosen message
keys-edit = Edit the chosen message
keys-delete = Delete the chosen message
day-today = Today, { $time }
path-direct = Direct
path-relayed = Relayed
path-waiting = Waiting for { $name }
path-waiting-since = Waiting for { $name } since { $time }
path-over = Not connected: pair again
state-waiting = Waiting for { $name }
try-now = Try now
trying = Dialling…
still-away = { $name }’s device is still out of reach.
state-sent = Sent. Not yet confirmed by { $name }’s device
state-delivered = Delivered
state-seen = Seen
search = Search names and messages
everyone = Everyone
pinned = Pinned
archived = Archived
archived-none = Nobody is archived.
blocked = Blocked
blocked-none = Nobody is blocked.
row-blocked = Blocked
place-pin = Pinned
place-pin-text = Stands above the others.
place-mute = Muted
place-mute-text = Nothing announces what { $name } writes.
place-muted-always = Until you take it back.
place-muted-until = Until { $time }.
place-unmute = Unmute
place-mute-hour = 1 hour
place-mute-eight-hours = 8 hours
place-mute-week = A week
place-mute-always = Always
place-archive = Archived
place-archive-text = Stands apart, and comes back while something new is unread.
place-block = Block { $name }
place-block-text = Your device neither dials nor answers { $name }’s. Nothing arrives, and { $name } is not told. You can take it back.
place-block-yes = Block
place-blocked = You blocked { $name }
place-blocked-text = Nothing of { $name }’s is shown, and nothing arrives. All of it is kept. { $name } is not told.
place-unblock = Take it back
being-made = Being made
row-waiting =
    { $count ->
        [one] You: 1 message waits here, on this device
       *[other] You: { $count } messages wait here, on this device
    }
row-held =
    { $count ->
        [one] You: 1 message waits for your word
       *[other] You: { $count } messages wait for your word
    }
row-mine = You: { $text }
row-nothing = Nothing written yet
saved = Saved, not yet invited
make-new = Make a new one
device-waiting-count =
    { $count ->
        [0] Nothing
        [one] 1 message
       *[other] { $count } messages
    }
invite = Invite
invite-make = Make a code
invite-read = Read this to { $name }
invite-read-text = On the phone, or across the table. { $name } types it into Kith.
invite-code-label = Code to read aloud
invite-digits-label = Digits: { $digits }
invite-minutes =
    { $minutes ->
        [one] Open for 1 more minute.
       *[other] Open for { $minutes } more minutes.
    }
invite-under-minute = Open for less than a minute.
invite-failures =
    { $failures ->
        [one] 1 wrong try; { $left } left.
       *[other] { $failures } wrong tries; { $left } left.
    }
invite-ended-title = The code for { $name } has ended
invite-ended-text = Nobody can use it any more. A new one takes a moment.
invite-link-still = The link still works.
copy-code = Copy code
or-link = or, if you can’t speak now
link-title = Show the picture, or send the link
link-text = It works once, until { $time }. Whoever has the link can answer it, so send it where only { $name } reads.
link-section = Link and picture
link-qr = QR picture of the link. The link beside it says the same.
copy-link = Copy link
making-section = Making the app
you-and = You and { $name }
no-mark = The mark is drawn from both of your keys. There are none yet.
half-mark = Your half of the mark. { $name }’s, and the colour, come with the other key.
whole-mark = The mark is whole: { $name }’s app has the same one.
making-title = Making the app for you and { $name }
made-title = This app is for you and { $name }
made-text = { $name }’s has the same mark and the same colour. What you write goes from your device to { $name }’s.
answer-digits = Digits
answer-word = Word { $number }
answer-meant = Word { $number }: did you mean { $word }?
answer-use = Use { $word }
answer-other = Use a link or picture
answer-code = Use a code
answer-incomplete = The code has six digits and four words. Something is still missing.
link-answer-field = Link
link-answer-missing = Paste the link first. It starts with “kith:”.
picture-choose = Choose a picture
picture-drop = Or drop or paste a QR picture here.
camera-use = Use the camera
camera-picture = What the camera sees
camera-link-title = Point the camera at the code
camera-link-text = It is on the screen of the person who invites you. The pictures stay in this window.
camera-denied = This page may not use the camera. The browser’s settings for this page can allow it.
camera-none = There is no camera that this page could use.
picture-none = There is no Kith link in that picture. Paste the link, it says the same.
this-app = This app
answer-looking = Looking for the device that made this.
stages = Stages
stage-generating = Generating the app
stage-keys = Creating keys
stage-connection = Establishing the direct connection
stage-secure = Secure communication established
stage-is-done = done
stage-is-now = in progress
stage-is-todo = not yet
stage-generating-done = Made. It has its own address and its own vault.
stage-generating-todo = Not yet.
stage-keys-done = Made here. They never leave this device.
stage-keys-todo = Not yet.
stage-connection-done = Your device and { $name }’s have met.
stage-connection-todo = Not yet.
stage-secure-done = Both sides hold the same keys, saved here.
stage-secure-todo = Not yet. Nothing can be sent before this.
contact-inviting = Waiting for { $name } to answer.
contact-connecting = Your device and { $name }’s are finding each other.
contact-connected = Ready.
contact-failed = This ended before anybody answered. Make a new one.
settings-lock-now = Lock now
crashed-title = This page made a mistake
crashed = Nothing is lost: what you wrote and received is kept by Kith on this device, not by this page.
crashed-again = Load it anew
crashed-copy = Copy what happened
lock-title = Locked
lock-text = Messages go on arriving. Your passphrase opens what is here.
lock-passphrase = Passphrase
lock-open = Open
lock-trying = Trying
messages-with = Messages with { $name }
write = Write
write-to = Write to { $name }
write-first = Write the first message
message-to = Message to { $name }
send = Send
compose-waits = What you send waits here, on this device, until { $name }’s can be reached.
not-saved = Not saved. { $reason }
unread-line = { $count } new
latest = Jump to latest
latest-new =
    { $count ->
        [one] 1 new message below
       *[other] { $count } new messages below
    }
late = Arrived late. Written { $time }
edited = Edited
state-held = Waits for your word: meant for { $name }’s old keys
edited-by = { $name } edited this
message-unknown = Written by a newer version of Kith. Update Kith to read it.
message-deleted-theirs = { $name } deleted this message.
message-deleted-waiting = You deleted this message. It was never delivered.
message-deleted-sent = You deleted this message.
message-deleted-delivered = You deleted this message.
message-deleted-seen = You deleted this message.
from-you = You, { $time }
from-them = { $name }, { $time }
delete = Delete
delete-title = Delete this message?
delete-text = It is removed here, and { $name }’s app is asked to remove it too. { $name } may have read it.
delete-text-sent = A sealed copy has left. It is withdrawn wherever it was not opened, and asked to be removed where it was.
delete-menu = Delete…
forward = Forward…
delete-here = Delete here only
delete-here-text = It is removed here. { $name } keeps theirs, and hears nothing of it.
delete-here-text-too = Here only: { $name } keeps it, and hears nothing of it.
delete-here-wanted = { $name }’s device has yet to get the file, so it can’t be deleted here only.
delete-keep = Keep
deleted-never-delivered = No copy had left. It was never delivered.
deleted-withdrawn = A sealed copy had left; it is withdrawn wherever it was not opened.
deleted-asked = { $name }’s device has it and is asked to remove it. { $name } may have read it.
deleted-here = Deleted here. It left for { $name }’s old keys, so nobody can be asked to remove it.
you = You
message-menu = What to do with this message
reply = Reply
react = React
copy-text = Copy text
answering = Replying to { $name }
answering-you = Replying to yourself
answering-stop = Reply to nothing
quote-gone = What this replied to is gone.
quote-jump = Replies to
link-leads = (leads to { $host })
reaction-mine = You: { $emoji }
reaction-theirs = { $name }: { $emoji }
reaction-take-back = You: { $emoji }. Take it back
emoji-title = Emoji
emoji-more = More emoji
emoji-search = Find an emoji
emoji-none = None has that name.
edit = Edit
edit-hint = You are editing a message. { $name } sees that it was edited.
edit-field = New wording
edit-save = Save
edit-cancel = Cancel
older = Show older messages
keep-app = Keep as an app
unverified = Unverified until you compare.
about-open = About this app
about-title = About this app
made-on = Made { $date }
about-path = Path
about-path-direct-note = No server and no relay carries this.
about-path-relayed-note = A relay passes sealed packets on and keeps none.
about-path-none-note = What you write waits here, on this device.
about-path-over-note = Nothing can be written until you pair again.
about-waiting = Waiting here
about-waiting-none-note = All you wrote has left.
about-waiting-note = What waits leaves by itself when { $name }’s device is back.
about-safety = Safety number
about-safety-compared = Compared
about-safety-compared-note = You said that both of you see the same number.
about-safety-met = Compared in person
about-safety-not = Not compared
about-safety-new-note = A new number: nothing proves yet that this is who was here before. Compare it.
about-safety-proven-note = A new number. { $name }’s recovery words prove that it is who was here before.
about-manifest = Common version
about-manifest-note = What your app and { $name }’s can both do. { $name }’s shows the same.
habit-receipts = Tell what I have seen
habit-receipts-on = You tell { $name } what you have seen, and are shown what { $name } tells you.
habit-receipts-off = You don’t tell { $name } what you have seen, and are not shown it of { $name } either.
habit-typing = Tell when I am writing
habit-typing-on = You tell { $name } when you are writing, and are shown when { $name } tells you. It is kept nowhere.
habit-typing-off = You don’t tell { $name } when you are writing, and are not shown it of { $name } either.
typing = { $name } is writing
find = Find words here
find-field = Words in messages with { $name }
find-none = Nobody wrote that here.
find-place = { $at } of { $count }
find-older = Older
find-newer = Newer
about-notify = Tell me when { $name } writes
about-notify-text = While this app is open and you look elsewhere. Not while it is muted.
about-notify-show = Show what was written
about-notify-show-text = Otherwise the name only.
about-notify-denied = This browser does not allow it. Its settings for this page do.
notification = New message
compare = Compare safety number
compare-again = See the number
rename = Rename
rename-title = What do you call this person?
rename-text = Only you see this name.
rename-field = Name
rename-save = Save
again = Pair again…
again-title = Pair again with { $name }
again-when = When one of you lost a device, began anew, or Kith says that what is kept here is an old state.
again-or = or, if { $name } made one
again-answer = Pair again
again-what = What happens
again-stays = This app, its messages and its name stay.
again-new = The keys become new, and with them the mark and the safety number. Compare it again.
again-held = What you wrote and { $name }’s old device never got goes nowhere without your word.
again-until = Until { $name } has proven the code, everything stays as it is.
held-title =
    { $count ->
        [one] One message was meant for { $name }’s old keys. It waits for your word.
       *[other] { $count } messages were meant for { $name }’s old keys. They wait for your word.
    }
held-send = Send to the new keys…
held-drop = Delete…
held-send-title =
    { $count ->
        [one] Send one message to { $name }’s new keys?
       *[other] Send { $count } messages to { $name }’s new keys?
    }
held-send-unproven = Nothing proves yet that the new keys are { $name }’s, and you have not compared the safety number. Whoever has the new keys will read these messages.
held-send-proven = { $name }’s recovery words prove that the new keys are theirs.
held-send-compared = You compared the new safety number with { $name }.
held-send-yes =
    { $count ->
        [one] Send one message
       *[other] Send { $count } messages
    }
held-drop-title =
    { $count ->
        [one] Delete one message?
       *[other] Delete { $count } messages?
    }
held-drop-text = They are removed here and never sent.
held-drop-yes = Delete
held-later = Not now
remove = Remove this app
remove-title = Remove this app?
launcher = Put among my programs
launcher-remove = Take from my programs
launcher-made = It is among your programs. It bears the name, and opens this app while Kith runs.
launcher-removed = It is not among your programs any more.
remove-text = Its keys, messages and launcher are destroyed here. { $name } keeps theirs. To talk again, you make a new app together.
remove-yes = Remove
remove-keep = Keep
removed-title = This app is removed
removed-text = Its keys and messages are destroyed here. { $name } keeps theirs. You can close this window.
safety-title = Do you both see the same number?
safety-title-done = You compared this number
safety-text = Take turns: you read a row, { $name } reads the next. If all sixty digits agree, no one stands between you.
safety-label = Safety number, sixty digits
safety-you = You read
safety-them = { $name } reads
safety-match = They match
safety-differ = They differ
safety-not-compared = Not compared yet
safety-note = The number covers both whole identities. A new phone or laptop on either side does not change it.
safety-met = We did that in person
safety-qr = Safety number as a QR code
safety-qr-text = Or meet, and let one camera read the other screen’s code. Kith compares the digits, and marks that you met.
safety-scan-title = Point the camera at { $name }’s code
safety-scan-text = It is in { $name }’s app, on the page with the safety number. The pictures stay in this window.
safety-scan-other = That is another code. The one to read is in { $name }’s app, on the page with the safety number.
safety-undo = Mark as not compared
safety-differ-title = They differ
safety-differ-text = Somebody may stand between you and { $name }, or one of you reads another app’s number. Write nothing here that matters. Compare once more, face to face; if the numbers still differ, both of you remove this app and make a new one.
safety-none = The number is there once the app is made.
message-file = File: { $file }
file-save = Save
picture-open = Open the picture { $file }
viewer-at = { $at } of { $count }
viewer-before = The one before
viewer-after = The next one
viewer-picture = Picture { $file }
viewer-not = This picture can’t be shown here. Save it to open it elsewhere.
gallery = Pictures and files
gallery-none = Neither you nor { $name } sent a file yet.
gallery-pictures = Pictures
gallery-files = Files
gallery-more = Show older ones
film = Film { $file }
film-watch = Watch it while it comes
voice = Voice note
sound-play = Play { $label }, { $length }
sound-pause = Pause { $label }
sound-at = Place in { $label }
voice-record = Record a voice note
voice-recording = Recorded so far
voice-send = Send the voice note
voice-drop = Throw it away
voice-denied = The browser gives no microphone here. Allow it for this app in the browser’s settings, or connect one.
attach = Add a file
attach-drop = Drop it to send it to { $name }
tray = Files to send
tray-chosen = { $size }, goes with your next message
tray-waiting = { $size }, waits for the one before it
tray-moving = Sealed { $have } of { $size } { $pace }
tray-failed = Not sent. { $reason }
tray-lost = It can’t be read any more, or Kith is not running on this device.
tray-again = Send again
tray-drop = Don’t send { $file }
file-get = Get it
file-again = Ask again
file-resume = Go on
file-pause = Pause
file-cancel = Cancel
file-mine = Sent from here, { $size }
file-taken = { $name } has it, { $size }
file-here = Checked, { $size }
file-offered = { $size }, not asked for
file-waiting = { $have } of { $size } · Waiting for { $name }
file-moving = { $have } of { $size } { $pace }
file-pace = · { $speed }/s · { $minutes ->
    [1] { $seconds } s left
   *[other] { $minutes } min left
}
file-paused = Paused, { $have } of { $size }
file-cancelled = Cancelled, { $size }
file-unchecked = Could not be checked. It was thrown away.
file-no-room = There is no room for it on this device, { $size }
file-gone = { $name } no longer has it, { $size }
file-removed = Removed from this device, { $size }
file-held = { $have } of { $size } · Paused by { $name }
file-mine-paused = Paused. { $name } gets the rest when you go on, { $size }
file-given = { $have } of { $size } given
file-free-menu = Remove from this device…
file-free-title = Remove { $file } from this device?
file-free-text = Its message stays. You can ask for it again as long as { $name }’s device keeps it, and no longer.
file-free = Remove
pin = Pin for both
unpin = Unpin
message-pinned = Pinned
pins = Pinned messages
pins-place = { $at } of { $count }
pin-file = A file
keys-pin = Pin the chosen message, or unpin it
timer = Messages disappear
timer-text = Each of you says how long messages may stay; the longer time is in force. A message keeps the time that it was written under: here from its sending, at { $name } from being seen.
timer-none = Messages stay.
timer-in-force = New messages disappear after { $time }.
timer-only-mine = Messages stay until { $name } agrees.
timer-only-theirs = Messages stay. { $name } would let them disappear after { $time }.
timer-stay = Stay
timer-agree = Agree
leaves-at = Disappears { $time }
leaves-sent = Disappears { $time } after it left
leaves-seen = Disappears { $time } after you saw it
`,`note-saved = Saved. The app is made when you invite { $name }.
note-wait-for-code = Waiting for { $name } to type the code. You can close this; it goes on.
note-code-open =
    { $count ->
        [one] Waiting for { $name } to type the code. One try is left before the code is dead.
       *[other] Waiting for { $name } to type the code. { $count } tries are left before the code is dead.
    }
note-wait-for-link = Waiting for { $name } to open the link. It works once, until it ends.
note-found-device = The device that opened this code is found. It waits for the right words.
note-waiting-device = Looking for { $name }’s device. It has to be on, with Kith running.
note-code-expired = The code ended before { $name } typed it. Make a new one.
note-code-failed = The code is dead after too many wrong tries. Make a new one and read it to { $name }.
note-link-used = This link was used by another device. Ask { $name } for a new one, and ask who used it.
note-crossed = You and { $name } invited each other at the same time. One app is kept, the other closes by itself.
note-connecting = The words matched. Your device and { $name }’s are exchanging keys.
note-out-of-reach = The words matched, then { $name }’s device went out of reach. It goes on when both can be reached.
note-secure = Both sides hold the same keys, saved here.
note-storage = This device’s disk is full. Make room; it goes on by itself.
note-vault-broken = What is kept of { $name } on this device is damaged, so this app rests. Nothing was deleted. Stop Kith and put an undamaged copy of the file back, or remove this app and pair again. Other people’s apps are not touched.
note-resting = Kith made a mistake with what is kept of { $name }, more than once, so this app rests until Kith is started again. Nothing was lost. Other people’s apps are not touched.
note-retired = What is kept here is a copy or an old state, so this app writes no more. Pair again with { $name } to go on.
note-restored = This is what a backup kept. Pair again with { $name } to write on.
note-again-open = A code for pairing again is open. Until { $name } answers it, everything stays as it is.
notice-device-joined =
    { $count ->
        [0] { $name } has a new device.
        [one] { $name } has a new device. 1 waiting message goes to it too.
       *[other] { $name } has a new device. { $count } waiting messages go to it too.
    }
notice-device-joined-mine =
    { $count ->
        [0] You have another device in this conversation.
        [one] You have another device in this conversation. 1 waiting message goes to it too.
       *[other] You have another device in this conversation. { $count } waiting messages go to it too.
    }
notice-device-left = One of { $name }’s devices left. Nothing you write from here on goes to it.
notice-device-left-mine = One of your devices left. Nothing written from here on goes to it.
notice-lists-forked = Two different device lists of { $name } exist: somebody copied a device. New devices of { $name } are not believed until they settle it with their 24 words, or the two of you pair anew.
notice-lists-forked-mine = Two different lists of your devices exist: somebody copied one of your devices. New ones are not believed until you settle it with your 24 words.
notice-recovered = { $name } used their 24 words. Their older device lists count no more.
notice-recovered-mine = You used your 24 words. Your older device lists count no more.
notice-paired-anew =
    { $count ->
        [0] You and { $name } paired anew. The safety number changed: compare it again.
        [one] You and { $name } paired anew. The safety number changed: compare it again. 1 message waits for your word: it was meant for the keys before.
       *[other] You and { $name } paired anew. The safety number changed: compare it again. { $count } messages wait for your word: they were meant for the keys before.
    }
notice-paired-anew-proven =
    { $count ->
        [0] You and { $name } paired anew. The safety number changed; { $name }’s 24 words vouch for the new keys.
        [one] You and { $name } paired anew. The safety number changed; { $name }’s 24 words vouch for the new keys. 1 message waits for your word: it was meant for the keys before.
       *[other] You and { $name } paired anew. The safety number changed; { $name }’s 24 words vouch for the new keys. { $count } messages wait for your word: they were meant for the keys before.
    }
notice-held-sent =
    { $count ->
        [one] You sent 1 held message to the new keys.
       *[other] You sent { $count } held messages to the new keys.
    }
notice-began-anew = What this device kept here was a copy or an old state. It began anew, as another device of yours.
notice-copy-proven = A device of { $name } was copied or set back. Nothing more of it is read until it begins anew.
notice-unknown = A newer version of Kith wrote something here. Update Kith to read it.
span-off = for good
span-seconds =
    { $count ->
        [one] 1 second
       *[other] { $count } seconds
    }
span-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
span-hours =
    { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
span-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
notice-timer-off = { $name } wants messages to stay.
notice-timer-off-mine = You want messages to stay.
notice-timer-seconds =
    { $count ->
        [one] { $name } lets messages disappear after 1 second.
       *[other] { $name } lets messages disappear after { $count } seconds.
    }
notice-timer-seconds-mine =
    { $count ->
        [one] You let messages disappear after 1 second.
       *[other] You let messages disappear after { $count } seconds.
    }
notice-timer-minutes =
    { $count ->
        [one] { $name } lets messages disappear after 1 minute.
       *[other] { $name } lets messages disappear after { $count } minutes.
    }
notice-timer-minutes-mine =
    { $count ->
        [one] You let messages disappear after 1 minute.
       *[other] You let messages disappear after { $count } minutes.
    }
notice-timer-hours =
    { $count ->
        [one] { $name } lets messages disappear after 1 hour.
       *[other] { $name } lets messages disappear after { $count } hours.
    }
notice-timer-hours-mine =
    { $count ->
        [one] You let messages disappear after 1 hour.
       *[other] You let messages disappear after { $count } hours.
    }
notice-timer-days =
    { $count ->
        [one] { $name } lets messages disappear after 1 day.
       *[other] { $name } lets messages disappear after { $count } days.
    }
notice-timer-days-mine =
    { $count ->
        [one] You let messages disappear after 1 day.
       *[other] You let messages disappear after { $count } days.
    }
`];export{e as default};