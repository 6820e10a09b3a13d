# The terminal UI (kith tui). It says the words of web.ftl and notes.ftl; here is only what they lack.

tui-no-terminal = 'kith tui' needs a terminal for its screen.
tui-no-terminal-hint = Programs and screen readers are served better by 'kith log NAME --follow', with --json where wanted.
tui-terminal = The terminal can't be used: { $why }.
tui-terminal-hint = Try another terminal, or the other commands: 'kith --help'.
tui-nobody = Nobody yet.
tui-nobody-text = Add somebody with 'kith invite NAME', or open the home in a browser with o.
tui-choose = Choose somebody with the arrows, then Enter.
tui-no-contact = There is no contact called { $name }.
tui-too-small = Make this window larger.
tui-older = Reading older messages
tui-new-below =
    { $count ->
        [one] 1 new message below
       *[other] { $count } new messages below
    }
tui-waits = What you send waits here for { $name }’s device.
tui-unsure = Kith ended before it said whether this was saved. Look whether it stands above before you send it again.
tui-opened = Opened in the browser.
tui-not-opened = There is no desktop here. This opens it once, within a minute: { $url }
tui-search-found =
    { $count ->
        [0] Nothing found
        [one] 1 message found
       *[other] { $count } messages found
    }
tui-no-edit = This message can't be edited.
tui-no-pins = Nothing is pinned.
tui-delete-both = Delete for both
tui-delete-waiting = No copy has left: it is never delivered.
tui-weekday-1 = Monday
tui-weekday-2 = Tuesday
tui-weekday-3 = Wednesday
tui-weekday-4 = Thursday
tui-weekday-5 = Friday
tui-weekday-6 = Saturday
tui-weekday-7 = Sunday

## Keys

tui-keys-list = In the list
tui-keys-conversation = In a conversation
tui-keys-message = With a message
tui-keys-writing = Writing
tui-key-move = Move
tui-key-open = Open
tui-key-find = Find someone
tui-key-browser = In the browser
tui-key-keys = These keys
tui-key-quit = Leave
tui-key-pick = Pick one
tui-key-pin = Pin, unpin
tui-key-send = Send
tui-key-newline = New line
tui-key-scroll = Scroll
tui-key-latest = Latest
tui-key-search = Find a message
tui-key-next = Next, previous
tui-key-back = Back
tui-key-word = By words
tui-key-edges = Ends of the line
tui-key-erase = Erase word, line
