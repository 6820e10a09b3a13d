var e=[`kith = Kith
back-to-conversation = Zurück zum Gespräch
close = Schließen
copied = Kopiert
cancel = Nicht jetzt
away = Kith läuft auf diesem Gerät nicht. Starte es, diese Seite geht von selbst weiter.
away-title = Kith läuft nicht
connecting = Kith wird geöffnet
locked-title = Öffne das aus Kith heraus
locked = Diese Seite enthält private Nachrichten, darum öffnet sie sich nur aus Kith selbst. Tipp das in ein Terminal:
locked-command = kith open
error-gone = Kith läuft auf diesem Gerät nicht.
error-gone-hint = Starte es und versuch es noch einmal.
keys-title = Tasten
keys-help = Alle Tasten
keys-escape = Zurück
keys-write = Schreiben
keys-send = Senden
keys-newline = Neue Zeile
keys-messages = Zwischen Nachrichten bewegen
keys-about = Über diese App
keys-find = Wörter hier finden
keys-edit = Gewählte Nachricht bearbeiten
keys-delete = Gewählte Nachricht löschen
keys-menu = Was mit der gewählten Nachricht zu tun ist
keys-reply = Auf die gewählte Nachricht antworten
keys-react = Ein Emoji an die gewählte Nachricht setzen
keys-switch = Irgendeine App öffnen
day-today = Heute, { $time }
path-direct = Direkt
path-relayed = Über Relais
path-waiting = Wartet auf { $name }
path-waiting-since = Wartet auf { $name } seit { $time }
path-over = Nicht verbunden: koppelt neu
state-waiting = Wartet auf { $name }
try-now = Jetzt versuchen
trying = Wird versucht…
still-away = Das Gerät von { $name } ist weiterhin nicht erreichbar.
state-sent = Gesendet. Vom Gerät von { $name } noch nicht bestätigt
state-delivered = Zugestellt
state-seen = Gesehen
search = Namen und Nachrichten durchsuchen
everyone = Alle
being-made = Im Entstehen
row-waiting =
    { $count ->
        [one] Du: 1 Nachricht wartet hier, auf diesem Gerät
       *[other] Du: { $count } Nachrichten warten hier, auf diesem Gerät
    }
row-held =
    { $count ->
        [one] Du: 1 Nachricht wartet auf dein Wort
       *[other] Du: { $count } Nachrichten warten auf dein Wort
    }
row-mine = Du: { $text }
row-nothing = Noch nichts geschrieben
pinned = Angeheftet
archived = Archiviert
archived-none = Niemand ist archiviert.
blocked = Blockiert
blocked-none = Niemand ist blockiert.
row-blocked = Blockiert
place-pin = Angeheftet
place-pin-text = Steht über den anderen.
place-mute = Stumm
place-mute-text = Nichts meldet, was { $name } schreibt.
place-muted-always = Bis du es zurücknimmst.
place-muted-until = Bis { $time }.
place-unmute = Wieder melden
place-mute-hour = 1 Stunde
place-mute-eight-hours = 8 Stunden
place-mute-week = Eine Woche
place-mute-always = Immer
place-archive = Archiviert
place-archive-text = Steht abseits und kommt zurück, solange etwas Neues ungelesen ist.
place-block = { $name } blockieren
place-block-text = Dein Gerät wählt das von { $name } nicht an und antwortet ihm nicht. Nichts kommt an, und { $name } erfährt es nicht. Du kannst es zurücknehmen.
place-block-yes = Blockieren
place-blocked = Du hast { $name } blockiert
place-blocked-text = Nichts von { $name } wird gezeigt, und nichts kommt an. Alles bleibt aufbewahrt. { $name } erfährt es nicht.
place-unblock = Zurücknehmen
make-new = Einen neuen machen
device-waiting-count =
    { $count ->
        [0] Nichts
        [one] 1 Nachricht
       *[other] { $count } Nachrichten
    }
invite = Einladen
invite-make = Code machen
invite-read = Lies das { $name } vor
invite-read-text = Am Telefon oder über den Tisch. { $name } tippt es in Kith.
invite-code-label = Code zum Vorlesen
invite-digits-label = Ziffern: { $digits }
invite-minutes =
    { $minutes ->
        [one] Noch 1 Minute offen.
       *[other] Noch { $minutes } Minuten offen.
    }
invite-under-minute = Weniger als eine Minute offen.
invite-failures =
    { $failures ->
        [one] 1 falscher Versuch; noch { $left }.
       *[other] { $failures } falsche Versuche; noch { $left }.
    }
invite-ended-title = Der Code für { $name } ist abgelaufen
invite-ended-text = Niemand kann ihn mehr benutzen. Ein neuer braucht einen Augenblick.
invite-link-still = Der Link gilt noch.
copy-code = Code kopieren
or-link = oder, wenn ihr gerade nicht sprechen könnt
link-title = Zeig das Bild oder schick den Link
link-text = Er gilt einmal, bis { $time }. Wer den Link hat, kann ihn beantworten; schick ihn dorthin, wo nur { $name } liest.
link-section = Link und Bild
link-qr = QR-Bild des Links. Der Link daneben sagt dasselbe.
copy-link = Link kopieren
making-section = Die App entsteht
you-and = Du und { $name }
half-mark = Deine Hälfte des Zeichens. Die von { $name } und die Farbe kommen mit dem anderen Schlüssel.
whole-mark = Das Zeichen ist ganz: Die App von { $name } hat dasselbe.
making-title = Die App für dich und { $name } entsteht
made-title = Diese App ist für dich und { $name }
made-text = Die von { $name } hat dasselbe Zeichen und dieselbe Farbe. Was du schreibst, geht von deinem Gerät zu dem von { $name }.
answer-digits = Ziffern
answer-word = Wort { $number }
answer-meant = Wort { $number }: Meintest du { $word }?
answer-use = { $word } nehmen
answer-other = Link oder Bild nehmen
answer-code = Code nehmen
answer-incomplete = Der Code hat sechs Ziffern und vier Wörter. Es fehlt noch etwas.
link-answer-field = Link
link-answer-missing = Füg erst den Link ein. Er beginnt mit „kith:“.
picture-choose = Bild wählen
picture-drop = Oder leg ein QR-Bild hier ab oder füg es ein.
picture-none = In diesem Bild ist kein Kith-Link. Füg den Link ein, er sagt dasselbe.
this-app = Diese App
answer-looking = Das Gerät, das ihn gemacht hat, wird gesucht.
stages = Schritte
stage-generating = Die App wird erzeugt
stage-keys = Schlüssel werden erzeugt
stage-connection = Die direkte Verbindung entsteht
stage-secure = Sichere Verbindung steht
stage-is-done = fertig
stage-is-now = im Gange
stage-is-todo = noch nicht
stage-generating-done = Gemacht. Sie hat ihre eigene Adresse und ihren eigenen Tresor.
stage-generating-todo = Noch nicht.
stage-keys-done = Hier gemacht. Sie verlassen dieses Gerät nie.
stage-keys-todo = Noch nicht.
stage-connection-done = Dein Gerät und das von { $name } haben sich getroffen.
stage-connection-todo = Noch nicht.
stage-secure-done = Beide Seiten haben dieselben Schlüssel, hier gespeichert.
stage-secure-todo = Noch nicht. Vorher kann nichts gesendet werden.
contact-inviting = Wartet auf eine Antwort von { $name }.
contact-connecting = Dein Gerät und das von { $name } suchen einander.
contact-connected = Fertig.
contact-failed = Das endete, bevor jemand geantwortet hat. Mach einen neuen.
settings-lock-now = Jetzt sperren
crashed-title = Diese Seite hat einen Fehler gemacht
crashed = Nichts ist verloren: Was du geschrieben und bekommen hast, hält Kith auf diesem Gerät, nicht diese Seite.
crashed-again = Neu laden
crashed-copy = Kopieren, was geschah
lock-title = Gesperrt
lock-text = Nachrichten kommen weiter an. Deine Passphrase öffnet, was hier ist.
lock-passphrase = Passphrase
lock-open = Öffnen
lock-trying = Wird versucht
messages-with = Nachrichten mit { $name }
write = Schreiben
write-to = An { $name } schreiben
write-first = Schreib die erste Nachricht
message-to = Nachricht an { $name }
send = Senden
compose-waits = Was du sendest, wartet hier, auf diesem Gerät, bis das von { $name } erreichbar ist.
not-saved = Nicht gespeichert. { $reason }
unread-line = { $count } neu
latest = Zu den neuesten
latest-new =
    { $count ->
        [one] 1 neue Nachricht weiter unten
       *[other] { $count } neue Nachrichten weiter unten
    }
late = Spät angekommen. Geschrieben { $time }
edited = Bearbeitet
state-held = Wartet auf dein Wort: war für die alten Schlüssel von { $name }
edited-by = Von { $name } bearbeitet
message-unknown = Von einer neueren Version von Kith geschrieben. Aktualisiere Kith, um es zu lesen.
message-deleted-theirs = { $name } hat diese Nachricht gelöscht.
message-deleted-waiting = Du hast diese Nachricht gelöscht. Sie wurde nie zugestellt.
message-deleted-sent = Du hast diese Nachricht gelöscht.
message-deleted-delivered = Du hast diese Nachricht gelöscht.
message-deleted-seen = Du hast diese Nachricht gelöscht.
from-you = Du, { $time }
from-them = { $name }, { $time }
delete = Löschen
delete-title = Diese Nachricht löschen?
delete-text = Sie wird hier entfernt, und die App von { $name } wird gebeten, sie auch zu entfernen. { $name } kann sie gelesen haben.
delete-text-sent = Eine versiegelte Kopie ist unterwegs. Sie wird zurückgezogen, wo sie nicht geöffnet wurde, und zu entfernen gebeten, wo sie es wurde.
delete-menu = Löschen…
forward = Weiterleiten…
delete-here = Nur hier löschen
delete-here-text = Sie wird hier entfernt. { $name } behält sie und erfährt davon nichts.
delete-here-text-too = Nur hier: { $name } behält sie und erfährt davon nichts.
delete-here-wanted = Das Gerät von { $name } hat die Datei noch nicht, deshalb lässt sie sich nicht nur hier löschen.
delete-keep = Behalten
deleted-never-delivered = Keine Kopie war unterwegs. Sie wurde nie zugestellt.
deleted-withdrawn = Eine versiegelte Kopie war unterwegs; sie wird zurückgezogen, wo sie nicht geöffnet wurde.
deleted-asked = Das Gerät von { $name } hat sie und ist gebeten, sie zu entfernen. { $name } kann sie gelesen haben.
deleted-here = Hier gelöscht. Sie ging an die alten Schlüssel von { $name }; niemand kann gebeten werden, sie zu entfernen.
edit = Bearbeiten
edit-hint = Du bearbeitest eine Nachricht. { $name } sieht, dass sie bearbeitet wurde.
edit-field = Neuer Wortlaut
edit-save = Speichern
edit-cancel = Abbrechen
you = Du
message-menu = Was mit dieser Nachricht zu tun ist
reply = Antworten
react = Emoji setzen
copy-text = Text kopieren
answering = Antwort an { $name }
answering-you = Antwort an dich selbst
answering-stop = Auf nichts antworten
quote-gone = Worauf das antwortete, ist weg.
quote-jump = Antwortet auf
link-leads = (führt zu { $host })
reaction-mine = Du: { $emoji }
reaction-theirs = { $name }: { $emoji }
reaction-take-back = Du: { $emoji }. Zurücknehmen
emoji-title = Emoji
emoji-more = Mehr Emoji
emoji-search = Ein Emoji finden
emoji-none = Keines heißt so.
older = Ältere Nachrichten zeigen
keep-app = Als App behalten
unverified = Ungeprüft, bis ihr vergleicht.
about-open = Über diese App
about-title = Über diese App
made-on = Gemacht { $date }
about-path = Weg
about-path-direct-note = Kein Server und kein Relais trägt das.
about-path-relayed-note = Ein Relais gibt versiegelte Pakete weiter und behält keine.
about-path-none-note = Was du schreibst, wartet hier, auf diesem Gerät.
about-path-over-note = Schreiben könnt ihr erst, wenn ihr neu gekoppelt habt.
about-waiting = Wartet hier
about-waiting-none-note = Alles, was du geschrieben hast, ist weg.
about-waiting-note = Was wartet, geht von selbst, wenn das Gerät von { $name } zurück ist.
about-safety = Sicherheitsnummer
about-safety-compared = Verglichen
about-safety-compared-note = Du hast gesagt, dass ihr beide dieselbe Nummer seht.
about-safety-not = Nicht verglichen
about-safety-new-note = Eine neue Nummer: Noch beweist nichts, dass es derselbe Mensch ist wie zuvor. Vergleicht sie.
about-safety-proven-note = Eine neue Nummer. Die 24 Wörter von { $name } beweisen, dass es derselbe Mensch ist wie zuvor.
about-manifest = Gemeinsamer Stand
about-manifest-note = Was deine App und die von { $name } beide können. Die von { $name } zeigt dasselbe.
habit-receipts = Sagen, was ich gesehen habe
habit-receipts-on = Du sagst { $name }, was du gesehen hast, und dir wird gezeigt, was { $name } dir sagt.
habit-receipts-off = Du sagst { $name } nicht, was du gesehen hast, und dir wird es von { $name } auch nicht gezeigt.
habit-typing = Sagen, wenn ich schreibe
habit-typing-on = Du sagst { $name }, wenn du schreibst, und dir wird gezeigt, wenn { $name } es dir sagt. Es wird nirgends aufgehoben.
habit-typing-off = Du sagst { $name } nicht, wenn du schreibst, und dir wird es von { $name } auch nicht gezeigt.
typing = { $name } schreibt
find = Wörter hier finden
find-field = Wörter in Nachrichten mit { $name }
find-none = Das hat hier niemand geschrieben.
find-place = { $at } von { $count }
find-older = Älter
find-newer = Neuer
about-notify = Melden, wenn { $name } schreibt
about-notify-text = Zeigt nur den Namen, solange diese App offen ist.
about-notify-denied = Dieser Browser erlaubt es nicht. Seine Einstellungen für diese Seite schon.
notification = Neue Nachricht
compare = Sicherheitsnummer vergleichen
compare-again = Nummer ansehen
rename = Umbenennen
rename-title = Wie nennst du diesen Menschen?
rename-text = Nur du siehst diesen Namen.
rename-field = Name
rename-save = Speichern
again = Neu koppeln…
again-title = Neu koppeln mit { $name }
again-when = Wenn eine Seite ein Gerät verloren hat, neu anfing, oder Kith sagt, dass das hier Aufbewahrte ein alter Stand ist.
again-or = oder, wenn { $name } einen gemacht hat
again-answer = Neu koppeln
again-what = Was geschieht
again-stays = Diese App, ihre Nachrichten und ihr Name bleiben.
again-new = Die Schlüssel werden neu, und mit ihnen das Zeichen und die Sicherheitsnummer. Vergleicht sie wieder.
again-held = Was du geschrieben hast und das alte Gerät von { $name } nie bekam, geht ohne dein Wort nirgendwohin.
again-until = Bis { $name } den Code bewiesen hat, bleibt alles, wie es ist.
held-title =
    { $count ->
        [one] Eine Nachricht war für die alten Schlüssel von { $name }. Sie wartet auf dein Wort.
       *[other] { $count } Nachrichten waren für die alten Schlüssel von { $name }. Sie warten auf dein Wort.
    }
held-send = An die neuen Schlüssel senden…
held-drop = Löschen…
held-send-title =
    { $count ->
        [one] Eine Nachricht an die neuen Schlüssel von { $name } senden?
       *[other] { $count } Nachrichten an die neuen Schlüssel von { $name } senden?
    }
held-send-unproven = Noch beweist nichts, dass die neuen Schlüssel { $name } gehören, und du hast die Sicherheitsnummer nicht verglichen. Wer die neuen Schlüssel hat, wird diese Nachrichten lesen.
held-send-proven = Die 24 Wörter von { $name } beweisen, wem die neuen Schlüssel gehören.
held-send-compared = Du hast die neue Sicherheitsnummer mit { $name } verglichen.
held-send-yes =
    { $count ->
        [one] Eine Nachricht senden
       *[other] { $count } Nachrichten senden
    }
held-drop-title =
    { $count ->
        [one] Eine Nachricht löschen?
       *[other] { $count } Nachrichten löschen?
    }
held-drop-text = Sie werden hier entfernt und nie gesendet.
held-drop-yes = Löschen
held-later = Nicht jetzt
remove = Diese App entfernen
remove-title = Diese App entfernen?
remove-text = Ihre Schlüssel und Nachrichten werden hier zerstört. { $name } behält die eigenen. Um wieder zu sprechen, macht ihr zusammen eine neue App.
remove-yes = Entfernen
remove-keep = Behalten
removed-title = Diese App ist entfernt
removed-text = Ihre Schlüssel und Nachrichten sind hier zerstört. { $name } behält die eigenen. Du kannst dieses Fenster schließen.
safety-title = Seht ihr beide dieselbe Nummer?
safety-title-done = Du hast diese Nummer verglichen
safety-text = Wechselt euch ab: Du liest eine Zeile, { $name } liest die nächste. Wenn alle sechzig Ziffern stimmen, steht niemand zwischen euch.
safety-label = Sicherheitsnummer, sechzig Ziffern
safety-you = Du liest
safety-them = { $name } liest
safety-match = Sie stimmen
safety-differ = Sie sind verschieden
safety-not-compared = Noch nicht verglichen
safety-note = Die Nummer gilt für beide ganzen Identitäten. Ein neues Telefon oder ein neuer Rechner auf einer Seite ändert sie nicht.
safety-undo = Als nicht verglichen vermerken
safety-differ-title = Sie sind verschieden
safety-differ-text = Vielleicht steht jemand zwischen dir und { $name }, oder jemand liest die Nummer einer anderen App. Schreib hier nichts, was wichtig ist. Vergleicht noch einmal, von Angesicht zu Angesicht; sind die Nummern immer noch verschieden, entfernt ihr beide diese App und macht eine neue.
safety-none = Die Nummer ist da, sobald die App gemacht ist.
camera-use = Kamera benutzen
camera-picture = Was die Kamera sieht
camera-link-title = Richte die Kamera auf den Code
camera-link-text = Er steht auf dem Bildschirm dessen, der dich einlädt. Die Bilder bleiben in diesem Fenster.
camera-denied = Diese Seite darf die Kamera nicht benutzen. Die Einstellungen des Browsers für diese Seite können es erlauben.
camera-none = Es gibt keine Kamera, die diese Seite benutzen könnte.
about-safety-met = Persönlich verglichen
safety-met = Wir haben das persönlich getan
safety-qr = Sicherheitsnummer als QR-Code
safety-qr-text = Oder trefft euch, und eine Kamera liest den Code vom anderen Bildschirm. Kith vergleicht die Ziffern und vermerkt, dass ihr euch getroffen habt.
safety-scan-title = Richte die Kamera auf den Code von { $name }
safety-scan-text = Er steht in der App von { $name }, auf der Seite mit der Sicherheitsnummer. Die Bilder bleiben in diesem Fenster.
safety-scan-other = Das ist ein anderer Code. Der richtige steht in der App von { $name }, auf der Seite mit der Sicherheitsnummer.
saved = Gespeichert, noch nicht eingeladen
no-mark = Das Zeichen entsteht aus euren beiden Schlüsseln. Noch gibt es keine.
about-notify-show = Zeigen, was geschrieben wurde
about-notify-show-text = Sonst nur den Namen.
launcher = Zu meinen Programmen
launcher-remove = Aus meinen Programmen nehmen
launcher-made = Sie steht bei deinen Programmen. Sie trägt den Namen und öffnet diese App, solange Kith läuft.
launcher-removed = Sie steht nicht mehr bei deinen Programmen.
message-file = Datei: { $file }
file-save = Sichern
picture-open = Bild { $file } öffnen
viewer-at = { $at } von { $count }
viewer-before = Das davor
viewer-after = Das nächste
viewer-picture = Bild { $file }
viewer-not = Dieses Bild kann hier nicht gezeigt werden. Sichere es, um es anderswo zu öffnen.
gallery = Bilder und Dateien
gallery-none = Weder du noch { $name } habt bisher eine Datei gesendet.
gallery-pictures = Bilder
gallery-files = Dateien
gallery-more = Ältere zeigen
film = Film { $file }
film-watch = Ansehen, während er kommt
voice = Sprachnachricht
sound-play = { $label } abspielen, { $length }
sound-pause = { $label } anhalten
sound-at = Stelle in { $label }
voice-record = Sprachnachricht aufnehmen
voice-recording = Bisher aufgenommen
voice-send = Sprachnachricht senden
voice-drop = Verwerfen
voice-denied = Der Browser gibt hier kein Mikrofon. Erlaube es dieser App in den Einstellungen des Browsers, oder schließe eines an.
attach = Datei hinzufügen
attach-drop = Loslassen, um es { $name } zu senden
tray = Dateien zum Senden
tray-chosen = { $size }, geht mit deiner nächsten Nachricht
tray-waiting = { $size }, wartet auf die davor
tray-moving = { $have } von { $size } versiegelt { $pace }
tray-failed = Nicht gesendet. { $reason }
tray-lost = Sie ist nicht mehr lesbar, oder Kith läuft auf diesem Gerät nicht.
tray-again = Noch einmal senden
tray-drop = { $file } nicht senden
file-get = Holen
file-again = Noch einmal anfragen
file-resume = Fortsetzen
file-pause = Anhalten
file-cancel = Abbrechen
file-mine = Von hier gesendet, { $size }
file-taken = { $name } hat sie, { $size }
file-here = Geprüft, { $size }
file-offered = { $size }, nicht angefragt
file-waiting = { $have } von { $size } · Wartet auf { $name }
file-moving = { $have } von { $size } { $pace }
file-pace = · { $speed }/s · { $minutes ->
    [1] noch { $seconds } s
   *[other] noch { $minutes } min
}
file-paused = Angehalten, { $have } von { $size }
file-cancelled = Abgebrochen, { $size }
file-unchecked = Konnte nicht geprüft werden. Sie wurde weggeworfen.
file-no-room = Auf diesem Gerät ist kein Platz dafür, { $size }
file-gone = { $name } hat sie nicht mehr, { $size }
file-removed = Von diesem Gerät entfernt, { $size }
file-held = { $have } von { $size } · Angehalten von { $name }
file-mine-paused = Angehalten. { $name } bekommt den Rest, wenn du weitermachst, { $size }
file-given = { $have } von { $size } gegeben
file-free-menu = Von diesem Gerät entfernen …
file-free-title = { $file } von diesem Gerät entfernen?
file-free-text = Die Nachricht bleibt. Du kannst die Datei wieder anfragen, solange das Gerät von { $name } sie behält, und nicht länger.
file-free = Entfernen
pin = Für beide anheften
unpin = Nicht mehr anheften
message-pinned = Angeheftet
pins = Angeheftete Nachrichten
pins-place = { $at } von { $count }
pin-file = Eine Datei
keys-pin = Gewählte Nachricht anheften oder lösen
timer = Nachrichten verschwinden
timer-text = Beide sagen, wie lange Nachrichten bleiben dürfen; es gilt die längere Zeit. Eine Nachricht behält die Zeit, unter der sie geschrieben wurde: hier ab dem Abschicken, bei { $name } ab dem Ansehen.
timer-none = Nachrichten bleiben.
timer-in-force = Neue Nachrichten verschwinden. Zeit bis dahin: { $time }.
timer-only-mine = Nachrichten bleiben, bis { $name } zustimmt.
timer-only-theirs = Nachrichten bleiben. { $name } ließe sie verschwinden. Zeit bis dahin: { $time }.
timer-stay = Bleiben
timer-agree = Zustimmen
leaves-at = Verschwindet { $time }
leaves-sent = Bleibt nach dem Abschicken: { $time }
leaves-seen = Bleibt nach dem Ansehen: { $time }
`,`note-wait-for-code = Warten, bis { $name } den Code eintippt. Du kannst das hier schließen; es geht weiter.
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
`];export{e as default};