# Worauf ein Kontakt wartet, oder warum er nicht zustande kam. Für Webseiten und Kommandozeile.

note-wait-for-code = Warten, bis { $name } den Code eintippt. Du kannst das hier schließen; es geht weiter.
note-code-open =
    { $count ->
        [one] Warten, bis { $name } den Code eintippt. Noch ein Versuch, dann ist der Code tot.
       *[other] Warten, bis { $name } den Code eintippt. Noch { $count } Versuche, dann ist der Code tot.
    }
note-wait-for-link = Warten, bis { $name } den Link öffnet. Er gilt einmal, bis er abläuft.
note-found-device = Das Gerät mit diesem Code ist gefunden. Es wartet auf die richtigen Wörter.
note-waiting-device = Das Gerät von { $name } wird gesucht. Es muss an sein, und Kith muss darauf laufen.
note-code-expired = Der Code ist abgelaufen, bevor { $name } ihn eingetippt hat. Mach einen neuen.
note-code-failed = Der Code ist nach zu vielen falschen Versuchen tot. Mach einen neuen und lies ihn { $name } vor.
note-link-used = Diesen Link hat ein anderes Gerät benutzt. Bitte { $name } um einen neuen und frag, wer ihn benutzt hat.
note-crossed = Du und { $name } habt euch gleichzeitig eingeladen. Eine App bleibt, die andere schließt sich von selbst.
note-connecting = Die Wörter stimmen. Dein Gerät und das von { $name } tauschen Schlüssel aus.
note-out-of-reach = Die Wörter stimmten, dann war das Gerät von { $name } nicht mehr erreichbar. Es geht weiter, sobald beide erreichbar sind.
note-secure = Beide Seiten haben dieselben Schlüssel, hier gespeichert.
note-storage = Die Festplatte dieses Geräts ist voll. Schaff Platz; es geht von selbst weiter.
note-vault-broken = Was dieses Gerät von { $name } aufbewahrt, ist beschädigt, darum ruht diese App. Nichts wurde gelöscht. Halte Kith an und leg eine unbeschädigte Kopie der Datei zurück, oder entferne diese App und koppelt neu. Die Apps anderer Leute sind nicht betroffen.
note-resting = Kith hat mit dem, was von { $name } aufbewahrt ist, mehr als einmal einen Fehler gemacht. Diese App ruht, bis Kith neu gestartet wird. Nichts ging verloren. Die Apps anderer Leute sind nicht betroffen.
note-retired = Was hier aufbewahrt ist, ist eine Kopie oder ein alter Stand; diese App schreibt nicht mehr. Koppelt neu, du und { $name }, um weiterzumachen.
note-restored = Das hat eine Sicherung bewahrt. Koppelt neu, du und { $name }, um weiterzuschreiben.
note-again-open = Ein Code zum erneuten Koppeln ist offen. Bis { $name } ihn beantwortet, bleibt alles, wie es ist.

# Hinweise im Gespräch.

notice-device-joined =
    { $count ->
        [0] { $name } hat ein neues Gerät.
        [one] { $name } hat ein neues Gerät. 1 wartende Nachricht geht auch dorthin.
       *[other] { $name } hat ein neues Gerät. { $count } wartende Nachrichten gehen auch dorthin.
    }
notice-device-joined-mine =
    { $count ->
        [0] Du hast ein weiteres Gerät in diesem Gespräch.
        [one] Du hast ein weiteres Gerät in diesem Gespräch. 1 wartende Nachricht geht auch dorthin.
       *[other] Du hast ein weiteres Gerät in diesem Gespräch. { $count } wartende Nachrichten gehen auch dorthin.
    }
notice-device-left = Ein Gerät von { $name } ist nicht mehr dabei. Was du ab hier schreibst, geht nicht mehr dorthin.
notice-device-left-mine = Eines deiner Geräte ist nicht mehr dabei. Was ab hier geschrieben wird, geht nicht mehr dorthin.
notice-lists-forked = Es gibt zwei verschiedene Gerätelisten von { $name }: Jemand hat ein Gerät kopiert. Neuen Geräten von { $name } wird nicht geglaubt, bis das mit den 24 Wörtern geklärt ist oder ihr neu koppelt.
notice-lists-forked-mine = Es gibt zwei verschiedene Listen deiner Geräte: Jemand hat eines deiner Geräte kopiert. Neuen wird nicht geglaubt, bis du es mit deinen 24 Wörtern klärst.
notice-recovered = { $name } hat die 24 Wörter benutzt. Ältere Gerätelisten zählen nicht mehr.
notice-recovered-mine = Du hast deine 24 Wörter benutzt. Deine älteren Gerätelisten zählen nicht mehr.
notice-paired-anew =
    { $count ->
        [0] Du und { $name } habt neu gekoppelt. Die Sicherheitsnummer ist eine andere: Vergleicht sie wieder.
        [one] Du und { $name } habt neu gekoppelt. Die Sicherheitsnummer ist eine andere: Vergleicht sie wieder. 1 Nachricht wartet auf dein Wort: Sie war für die früheren Schlüssel.
       *[other] Du und { $name } habt neu gekoppelt. Die Sicherheitsnummer ist eine andere: Vergleicht sie wieder. { $count } Nachrichten warten auf dein Wort: Sie waren für die früheren Schlüssel.
    }
notice-paired-anew-proven =
    { $count ->
        [0] Du und { $name } habt neu gekoppelt. Die Sicherheitsnummer ist eine andere; die 24 Wörter von { $name } bürgen für die neuen Schlüssel.
        [one] Du und { $name } habt neu gekoppelt. Die Sicherheitsnummer ist eine andere; die 24 Wörter von { $name } bürgen für die neuen Schlüssel. 1 Nachricht wartet auf dein Wort: Sie war für die früheren Schlüssel.
       *[other] Du und { $name } habt neu gekoppelt. Die Sicherheitsnummer ist eine andere; die 24 Wörter von { $name } bürgen für die neuen Schlüssel. { $count } Nachrichten warten auf dein Wort: Sie waren für die früheren Schlüssel.
    }
notice-held-sent =
    { $count ->
        [one] Du hast 1 zurückgehaltene Nachricht an die neuen Schlüssel geschickt.
       *[other] Du hast { $count } zurückgehaltene Nachrichten an die neuen Schlüssel geschickt.
    }
notice-began-anew = Was dieses Gerät hier aufbewahrte, war eine Kopie oder ein alter Stand. Es hat neu begonnen, als ein weiteres Gerät von dir.
notice-copy-proven = Ein Gerät von { $name } wurde kopiert oder zurückgesetzt. Nichts mehr davon wird gelesen, bis es neu beginnt.
notice-unknown = Hier hat eine neuere Version von Kith etwas geschrieben. Aktualisiere Kith, um es zu lesen.
note-saved = Gespeichert. Die App entsteht, wenn du { $name } einlädst.

# Wie lange Nachrichten bleiben.

span-off = auf Dauer
span-seconds =
    { $count ->
        [one] 1 Sekunde
       *[other] { $count } Sekunden
    }
span-minutes =
    { $count ->
        [one] 1 Minute
       *[other] { $count } Minuten
    }
span-hours =
    { $count ->
        [one] 1 Stunde
       *[other] { $count } Stunden
    }
span-days =
    { $count ->
        [one] 1 Tag
       *[other] { $count } Tage
    }
notice-timer-off = { $name } möchte, dass Nachrichten bleiben.
notice-timer-off-mine = Du möchtest, dass Nachrichten bleiben.
notice-timer-seconds =
    { $count ->
        [one] { $name } lässt Nachrichten nach einer Sekunde verschwinden.
       *[other] { $name } lässt Nachrichten nach { $count } Sekunden verschwinden.
    }
notice-timer-seconds-mine =
    { $count ->
        [one] Du lässt Nachrichten nach einer Sekunde verschwinden.
       *[other] Du lässt Nachrichten nach { $count } Sekunden verschwinden.
    }
notice-timer-minutes =
    { $count ->
        [one] { $name } lässt Nachrichten nach einer Minute verschwinden.
       *[other] { $name } lässt Nachrichten nach { $count } Minuten verschwinden.
    }
notice-timer-minutes-mine =
    { $count ->
        [one] Du lässt Nachrichten nach einer Minute verschwinden.
       *[other] Du lässt Nachrichten nach { $count } Minuten verschwinden.
    }
notice-timer-hours =
    { $count ->
        [one] { $name } lässt Nachrichten nach einer Stunde verschwinden.
       *[other] { $name } lässt Nachrichten nach { $count } Stunden verschwinden.
    }
notice-timer-hours-mine =
    { $count ->
        [one] Du lässt Nachrichten nach einer Stunde verschwinden.
       *[other] Du lässt Nachrichten nach { $count } Stunden verschwinden.
    }
notice-timer-days =
    { $count ->
        [one] { $name } lässt Nachrichten nach einem Tag verschwinden.
       *[other] { $name } lässt Nachrichten nach { $count } Tagen verschwinden.
    }
notice-timer-days-mine =
    { $count ->
        [one] Du lässt Nachrichten nach einem Tag verschwinden.
       *[other] Du lässt Nachrichten nach { $count } Tagen verschwinden.
    }
