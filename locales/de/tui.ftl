# Die Oberfläche im Terminal (kith tui).

tui-no-terminal = 'kith tui' braucht ein Terminal für seinen Bildschirm.
tui-no-terminal-hint = Programmen und Bildschirmlesern dient 'kith log NAME --follow' besser, auf Wunsch mit --json.
tui-terminal = Das Terminal ist nicht benutzbar: { $why }.
tui-terminal-hint = Versuch ein anderes Terminal oder die anderen Befehle: 'kith --help'.
tui-nobody = Noch niemand.
tui-nobody-text = Füge jemanden mit 'kith invite NAME' hinzu, oder öffne mit o die Übersicht im Browser.
tui-choose = Wähle jemanden mit den Pfeilen, dann Enter.
tui-no-contact = Es gibt keinen Kontakt namens { $name }.
tui-too-small = Mach dieses Fenster größer.
tui-older = Ältere Nachrichten werden gelesen
tui-new-below =
    { $count ->
        [one] 1 neue Nachricht weiter unten
       *[other] { $count } neue Nachrichten weiter unten
    }
tui-waits = Was du sendest, wartet hier auf das Gerät von { $name }.
tui-unsure = Kith endete, bevor es sagte, ob das gespeichert ist. Sieh nach, ob es oben steht, bevor du es noch einmal sendest.
tui-opened = Im Browser geöffnet.
tui-not-opened = Hier ist kein Desktop. Das öffnet es einmal, binnen einer Minute: { $url }
tui-search-found =
    { $count ->
        [0] Nichts gefunden
        [one] 1 Nachricht gefunden
       *[other] { $count } Nachrichten gefunden
    }
tui-no-edit = Diese Nachricht lässt sich nicht bearbeiten.
tui-no-pins = Nichts ist angeheftet.
tui-delete-both = Für beide löschen
tui-delete-waiting = Keine Kopie ist unterwegs: Sie wird nie zugestellt.
tui-weekday-1 = Montag
tui-weekday-2 = Dienstag
tui-weekday-3 = Mittwoch
tui-weekday-4 = Donnerstag
tui-weekday-5 = Freitag
tui-weekday-6 = Samstag
tui-weekday-7 = Sonntag

## Keys

tui-keys-list = In der Liste
tui-keys-conversation = Im Gespräch
tui-keys-message = Mit einer Nachricht
tui-keys-writing = Beim Schreiben
tui-key-move = Bewegen
tui-key-open = Öffnen
tui-key-find = Jemanden finden
tui-key-browser = Im Browser
tui-key-keys = Diese Tasten
tui-key-quit = Verlassen
tui-key-pick = Auswählen
tui-key-pin = Anheften, lösen
tui-key-send = Senden
tui-key-newline = Neue Zeile
tui-key-scroll = Blättern
tui-key-latest = Neueste
tui-key-search = Nachricht suchen
tui-key-next = Nächster, voriger
tui-key-back = Zurück
tui-key-word = Wortweise
tui-key-edges = Zeilenenden
tui-key-erase = Wort, Zeile weg
