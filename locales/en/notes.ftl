# What a contact waits for, or why it could not be made. Shared by the web pages and the command line.
# The agent names a note by its id and gives $count where there is one; each side says it, with $name.

# From an address-book card; nobody was invited.
note-saved = Saved. The app is made when you invite { $name }.
# The code is open and nobody has answered it.
note-wait-for-code = Waiting for { $name } to type the code. You can close this; it goes on.
# The code is open after wrong tries; $count is how many are left.
note-code-open =
    { $count ->
        [one] Waiting for { $name } to type the code. One try is left before the code is dead.
       *[other] Waiting for { $name } to type the code. { $count } tries are left before the code is dead.
    }
# The link is open, the code has ended.
note-wait-for-link = Waiting for { $name } to open the link. It works once, until it ends.
# On the answering side: the device with this code was found, the words are being compared.
note-found-device = The device that opened this code is found. It waits for the right words.
# The words or the link were right, or a code is being answered: the other device is not reached yet.
note-waiting-device = Looking for { $name }’s device. It has to be on, with Kith running.
# Nobody answered in time.
note-code-expired = The code ended before { $name } typed it. Make a new one.
# Too many wrong tries.
note-code-failed = The code is dead after too many wrong tries. Make a new one and read it to { $name }.
# On the answering side: the code or link was already answered.
note-link-used = This link was used by another device. Ask { $name } for a new one, and ask who used it.
# Both answered each other's code at the same time; one app is kept.
note-crossed = You and { $name } invited each other at the same time. One app is kept, the other closes by itself.
# The words or the link were right; identities are being exchanged.
note-connecting = The words matched. Your device and { $name }’s are exchanging keys.
# The words matched, then the other device went out of reach.
note-out-of-reach = The words matched, then { $name }’s device went out of reach. It goes on when both can be reached.
# Done.
note-secure = Both sides hold the same keys, saved here.
# This device could not write.
note-storage = This device’s disk is full. Make room; it goes on by itself.
# The app's own vault can't be read.
note-vault-broken = What is kept of { $name } on this device is damaged, so this app rests. Nothing was deleted. Stop Kith and put an undamaged copy of the file back, or remove this app and pair again. Other people’s apps are not touched.
# Kith itself failed in this conversation, more than once.
note-resting = Kith made a mistake with what is kept of { $name }, more than once, so this app rests until Kith is started again. Nothing was lost. Other people’s apps are not touched.
# The vault was found to be a copy or an old state.
note-retired = What is kept here is a copy or an old state, so this app writes no more. Pair again with { $name } to go on.
# The home was restored from a backup, which has no keys.
note-restored = This is what a backup kept. Pair again with { $name } to write on.
# A contact that is connected was invited again; until somebody answers everything stays as it is.
note-again-open = A code for pairing again is open. Until { $name } answers it, everything stays as it is.

# Notices: what this device tells its person in the timeline. Said by each side, with $name and, where there is one, $count.

# The other has a new device; $count own messages wait.
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
# Two lists of one rank, both signed.
notice-lists-forked = Two different device lists of { $name } exist: somebody copied a device. New devices of { $name } are not believed until they settle it with their 24 words, or the two of you pair anew.
notice-lists-forked-mine = Two different lists of your devices exist: somebody copied one of your devices. New ones are not believed until you settle it with your 24 words.
notice-recovered = { $name } used their 24 words. Their older device lists count no more.
notice-recovered-mine = You used your 24 words. Your older device lists count no more.
# The safety number is another one; $count messages were written for the keys before and are held.
notice-paired-anew =
    { $count ->
        [0] You and { $name } paired anew. The safety number changed: compare it again.
        [one] You and { $name } paired anew. The safety number changed: compare it again. 1 message waits for your word: it was meant for the keys before.
       *[other] You and { $name } paired anew. The safety number changed: compare it again. { $count } messages wait for your word: they were meant for the keys before.
    }
# The same, and the other's recovery key signed the new keys.
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

# How long messages stay.

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
