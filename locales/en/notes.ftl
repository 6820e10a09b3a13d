# What a contact waits for, or why it could not be made. Shared by the web pages and the command line.
# The agent names a note by its id and gives $count where there is one; each side says it, with $name.

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
note-retired = What is kept here is a copy or an old state, so this app writes no more. Remove it and pair again.
