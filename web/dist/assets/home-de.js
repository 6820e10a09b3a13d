var e=[`back-to-people = Zurück zu den Leuten
keys-search = Jemanden finden
keys-add = Jemanden hinzufügen
keys-arrows = In der Liste bewegen
keys-enter = Öffnen
keys-place = Gewählten Menschen anheften, stumm schalten, archivieren oder blockieren
people = Leute
lists = Listen
search-no-name = Niemand hier heißt so.
add-someone = Jemanden hinzufügen
add-section = Hinzufügen
settings = Einstellungen
row-unread = { $count } ungelesen
archived-text = Wer archiviert ist, steht abseits und kommt zurück, solange etwas Neues ungelesen ist.
blocked-text = Wer blockiert ist, wird weder angewählt noch beantwortet und erfährt es nicht.
people-apart = Alle hier sind archiviert oder blockiert.
list-count = { $list }, { $count }
switch-title = Eine App öffnen
forward-title = Weiterleiten an
switch-none = Niemand hier heißt so.
found-messages = Nachrichten
found-count =
    { $count ->
        [0] Keine Nachricht gefunden
        [one] 1 Nachricht gefunden
       *[other] { $count } Nachrichten gefunden
    }
found-not-whole = Nicht jedes Gespräch konnte durchsucht werden.
row-muted = stumm
row-place = { $name } anheften, stumm schalten, archivieren oder blockieren
empty-title = Für jeden Menschen eine App
empty-text = Füge jemanden hinzu, und Kith macht eine App nur für euch beide. Sie spricht von deinem Gerät zum anderen. Es gibt kein Konto, und nichts dazwischen.
empty-answer = Ich habe einen Code bekommen
show-code = Code zeigen
see-stages = Ansehen
remove-short = Entfernen
device = Dieses Gerät
device-waiting = Wartet hier
device-waiting-note = Sie gehen, sobald die anderen Geräte erreichbar sind.
device-waiting-none = Alles, was du geschrieben hast, ist weg.
device-reached = Jetzt erreichbar
device-reached-none = Niemand
device-reached-direct = { $direct } direkt
device-reached-both = { $direct } direkt, { $relayed } über Relais
device-reached-relay-note = Das Relais gibt versiegelte Pakete weiter und behält keine.
device-reached-note = Kein Server und kein Relais trägt das.
device-reached-none-note = Was du schreibst, wartet hier, bis ein Gerät zurück ist.
device-kept = Hier aufbewahrt
device-kept-size = { $size }, versiegelt
device-kept-note = Ein Tresor für jeden Menschen.
device-key = Schlüssel
device-key-file = In einer Datei
device-key-file-note = Wer deine Dateien auf diesem Gerät lesen kann, kann die Tresore öffnen.
device-keys-find = um jemanden zu finden,
device-keys-all = für alle Tasten.
device-keys-press = Drück
words-banner-title = Schreib deine 24 Wörter auf
words-banner = Sie sind die Wurzel deiner Schlüssel. An dem Tag, an dem alle deine Geräte verloren sind, beweisen sie deinen Leuten, dass du es bist. Kith zeigt sie, bis du sie zurückgetippt hast.
words-banner-go = Aufschreiben
answer = Antworten
who-makes = Wer den Code macht
invite-title = Für wen ist er?
invite-text = Kith macht eine App für euch beide und einen Code, den du vorliest.
invite-name = Wie du diesen Menschen nennst
making-text = Du kannst das schließen; es geht weiter.
open-app = Unsere App öffnen
making-gone = Diese App ist nicht mehr hier
failed-title = Die App für dich und { $name } kam nicht zustande
answer-title = Tipp den Code, den du bekommen hast
answer-text = Sechs Ziffern, dann vier Wörter. Bei der Schreibung wird geholfen.
answer-name = Wie du diesen Menschen nennst
answer-make = Unsere App machen
answer-stop = Nicht mehr suchen
answer-name-missing = Sag, wie du diesen Menschen nennst.
link-answer-title = Nimm den Link oder das Bild, das du bekommen hast
link-answer-text = Füg den Link ein. Er beginnt mit „kith:“.
trying-now = Es muss an sein, und Kith muss darauf laufen. Dann vergleichen die beiden, was getippt wurde.
trying-kept = Nichts wird aufbewahrt, bis das Gerät von { $name } bewiesen hat, dass es ihn gemacht hat.
answer-before = Nichts wird aufbewahrt, bis Code oder Link gestimmt hat. Dann bewahren beide Geräte die App auf.
settings-you = Du
settings-name = Name
settings-name-text = Was neue Leute sehen: { $name }
settings-name-none = Neue Leute sehen keinen.
settings-words = 24 Wörter
settings-words-open = Sie beweisen, dass du du bist. Noch nicht aufgeschrieben.
settings-words-done = Aufgeschrieben und geprüft. Sie sind nicht mehr auf diesem Gerät.
settings-words-go = Aufschreiben
settings-device = Dieses Gerät
settings-reach = Netz
settings-reach-lan = Nur dein lokales Netz. Geräte anderswo werden nicht gesucht.
settings-reach-internet = Dein lokales Netz und das Internet, von Gerät zu Gerät.
settings-kept = Hier aufbewahrt
settings-kept-text =
    { $count ->
        [one] { $size } in 1 Tresor, versiegelt.
       *[other] { $size } in { $count } Tresoren, alle versiegelt.
    }
settings-kept-look = Ansehen
settings-backup = Sicherung
settings-backup-text = Eine versiegelte Datei mit deinen Leuten und allem, was gesagt wurde, für ein anderes Gerät.
settings-backup-go = Anlegen
backup-title = Eine Sicherung anlegen
backup-text = Eine versiegelte Datei mit deinen Leuten, dem Gesagten und den Dateien, die ganz hier sind. Auf einem anderen Gerät beginnt Kith damit, und alles ist da.
backup-not = Kein Schlüssel ist darin, und deine 24 Wörter nicht: Wer sie öffnet, kann lesen und nicht als du schreiben. Um vom anderen Gerät aus weiterzuschreiben, koppelst du dich mit allen deinen Leuten neu. Was du später löschst, bleibt darin.
backup-passphrase = Eine Passphrase für die Sicherung
backup-passphrase-text = Sie öffnet sich nur mit ihrer Passphrase, und niemand kann sie dir sagen. Vier oder fünf Wörter, die niemand zusammenstellen würde, sind gut. Bewahre beides getrennt auf.
backup-do = Sicherung anlegen
backup-going-title = Die Sicherung entsteht
backup-going = Dein Browser lädt sie herunter. Alles andere geht inzwischen weiter.
backup-begins = Es beginnt gleich.
backup-progress = { $written } von ungefähr { $about }
backup-stop = Abbrechen
backup-done-title = Die Sicherung ist ganz
backup-done = { $size }. Leute: { $contacts }, Dateien: { $files }.
backup-done-where = Alles wurde deinem Browser übergeben. Sieh dort nach, wo er Dateien speichert, ob sie angekommen ist, bevor du dich darauf verlässt.
backup-left-out = Was mit { $name } gesagt wurde, war nicht lesbar und fehlt darin.
backup-restore = Auf einem anderen Gerät, auf dem es noch kein Kith gibt:
back-to-settings = Zurück zu den Einstellungen
storage-title = Auf diesem Gerät aufbewahrt
storage-text = Was jede App hier aufbewahrt, alles versiegelt.
storage-text-room = Was jede App hier aufbewahrt, alles versiegelt. { $room } dieses Datenträgers sind frei.
storage-none = Noch wird nichts aufbewahrt.
storage-messages = Nachrichten { $size }
storage-sent = Gesendete Dateien { $size }
storage-came = Gekommene Dateien { $size }
storage-partly = Halb hier { $size }
storage-other = Anderes { $size }
storage-free = Platz schaffen …
storage-free-of = Platz schaffen bei Dateien von { $name }
free-title = { $count ->
    [one] Eine Datei entfernen, die von { $name } kam?
   *[other] { $count } Dateien entfernen, die von { $name } kamen?
}
free-text = Die Nachrichten bleiben. Du kannst jede Datei wieder anfragen, solange das Gerät von { $name } sie behält, und nicht länger.
free-text-sent = Von dir gesendete Dateien bleiben: { $name } kann sie noch anfragen.
free-keep = Behalten
free-do = { $size } entfernen
settings-key-file = In einer Datei. Wer deine Dateien auf diesem Gerät lesen kann, kann die Tresore öffnen.
settings-key-passphrase = Unter einer Passphrase.
settings-change = Ändern
own-name-title = Dein Name
own-name-text = Wen du von jetzt an einlädst, sieht ihn. Wer dich schon hat, nennt dich, wie er mag.
settings-lock = Sperre
settings-lock-none = Aus. Sie braucht eine Passphrase.
settings-lock-after =
    { $count ->
        [0] Aus. { settings-lock-now } schließt alle Seiten und Befehle, bis deine Passphrase kommt.
        [one] Nach einer Minute, in der es niemand benutzt hat, mit deiner Passphrase. Nachrichten kommen weiter an.
       *[other] Nach { $count } Minuten, in denen es niemand benutzt hat, mit deiner Passphrase. Nachrichten kommen weiter an.
    }
settings-minutes =
    { $count ->
        [one] { $count } Minute
       *[other] { $count } Minuten
    }
settings-passphrase = Passphrase
settings-passphrase-set = Setzen
settings-passphrase-change = Ändern
settings-passphrase-remove = Entfernen
settings-keyring = Starten ohne zu fragen
settings-keyring-text = Der Schlüsselbund des Schreibtischs öffnet die Tresore, wenn Kith startet. Wer auf diesem Schreibtisch als du angemeldet ist, kann Kith dann starten und lesen; wer nur die Platte hat, kann es nicht, solange dein Anmeldepasswort hält. Eine Sperre öffnet nur die Passphrase.
settings-keyring-lost = Der Schlüsselbund des Schreibtischs hat nicht genommen, was er für die neue Passphrase braucht; Kith fragt also beim Start.
settings-keyring-lost-hint = Schalte es wieder ein.
settings-notifications = Mitteilungen zeigen
settings-notifications-text = Auf dem Schreibtisch dieses Geräts, auch wenn keine Seite offen ist. Nicht, wer stumm ist.
settings-notifications-off = Nichts
settings-notifications-names = Nur Namen
settings-notifications-texts = Namen und Worte
settings-language = Sprache
settings-language-text = Aller Seiten auf diesem Gerät.
settings-language-browser = Wie der Browser
settings-language-en = English
settings-language-de = Deutsch
settings-language-ar = العربية
passphrase-set-title = Eine Passphrase setzen
passphrase-change-title = Die Passphrase ändern
passphrase-remove-title = Die Passphrase entfernen?
passphrase-text = Kith fragt danach, wenn es startet und wenn es gesperrt ist. Vier oder fünf Wörter, die niemand zusammenstellen würde, sind gut. Niemand kann sie dir sagen: Ohne sie bleibt zu, was auf diesem Gerät liegt.
passphrase-remove-text = Wer deine Dateien auf diesem Gerät lesen kann, kann dann die Tresore öffnen, und es lässt sich nicht sperren.
passphrase-keep-title = Starten ohne zu fragen?
passphrase-keep-text = Deine Passphrase wird nicht aufbewahrt, nur ein Schlüssel, der aus ihr entsteht, im Schlüsselbund des Schreibtischs. Vergiss sie nicht: Sie öffnet eine Sperre, und alles, wo kein Schlüsselbund ist.
passphrase-keep-do = Starten ohne zu fragen
passphrase-forget-title = Jedes Mal fragen, wenn Kith startet?
passphrase-forget-text = Der Schlüssel kommt aus dem Schlüsselbund des Schreibtischs. Kith startet dann in einem Terminal, das nach der Passphrase fragt; aus einem Starter startet es nicht.
passphrase-forget-do = Jedes Mal fragen
passphrase-old = Die jetzige Passphrase
passphrase-new = Die neue Passphrase
passphrase-repeat = Noch einmal
passphrase-differ = Die beiden sind nicht gleich.
passphrase-set-do = Setzen
passphrase-change-do = Ändern
passphrase-remove-do = Entfernen
settings-where = Wo es liegt
settings-version = Version
seed-title = Deine 24 Wörter
seed-text = Schreib sie auf Papier, in dieser Reihenfolge. Sie sind die Wurzel deiner Schlüssel, für den Tag, an dem alle deine Geräte verloren sind. Wer sie hat, kann für dich handeln; zeig sie niemandem.
seed-list = Die 24 Wörter, der Reihe nach
seed-written = Ich habe sie aufgeschrieben
seed-check-title = Tipp die Wörter zurück
seed-check-text = Vom Papier, der Reihe nach, mit einem Leerzeichen dazwischen. Wenn sie stimmen, löscht Kith sie hier: Von da an gibt es sie nur auf dem Papier.
seed-check-field = Die 24 Wörter
seed-check = Prüfen
seed-count = { $count } von 24 Wörtern
seed-back = Noch einmal zeigen
seed-done-title = Geprüft
seed-done = Die Wörter stimmen. Sie sind hier gelöscht und stehen nur noch da, wo du sie aufgeschrieben hast. Heb das Papier auf.
empty-import = Kontakte aus einer Datei holen
row-saved = Gespeichert, noch nicht eingeladen
saved-title = { $name } ist gespeichert
saved-text = Lade { $name } ein, und Kith macht eine App für euch beide. Bis dahin entsteht nichts, und niemand erfährt davon.
found-people-title = Neu in deinem Adressbuch
found-people =
    { $count ->
        [one] 1 Person ist neu in deinem Adressbuch
       *[other] { $count } Personen sind neu in deinem Adressbuch
    }
found-people-text = Sieh sie durch, bevor jemand gespeichert wird.
found-people-go = Durchsehen
import = Datei
import-title = Leute aus einem Adressbuch holen
import-text = Wähle eine Datei mit Kontakten (.vcf) aus deinem Telefon oder Mailprogramm. Du siehst, wer darin steht, bevor etwas gespeichert wird. Von jeder Karte behält Kith den Namen, das Foto und ihre Kennung, und nichts davon verlässt dieses Gerät.
import-choose = Dateien wählen
import-more = Noch eine Datei
import-drop = Oder lege sie hier ab.
import-reading = Wird gelesen.
import-found = Wer darin steht
import-count =
    { $count ->
        [one] 1 Person, { $fresh } neu.
       *[other] { $count } Personen, { $fresh } neu.
    }
import-all = Alle, die neu sind
import-photo = Mit Foto
import-known = Schon ein Kontakt, aus dieser Karte
import-same-name = Ein Kontakt heißt schon so
import-twice = Steht zweimal da
import-skipped-unnamed =
    { $count ->
        [one] 1 Karte hat keinen Namen.
       *[other] { $count } Karten haben keinen Namen.
    }
import-skipped-not-a-person =
    { $count ->
        [one] 1 Karte ist eine Liste oder ein Ding.
       *[other] { $count } Karten sind Listen oder Dinge.
    }
import-skipped-too-large =
    { $count ->
        [one] 1 Karte ist zu groß.
       *[other] { $count } Karten sind zu groß.
    }
import-skipped-unreadable =
    { $count ->
        [one] 1 Karte ist nicht lesbar.
       *[other] { $count } Karten sind nicht lesbar.
    }
import-skipped-too-many =
    { $count ->
        [one] 1 Karte ist mehr, als Kith fasst.
       *[other] { $count } Karten sind mehr, als Kith fasst.
    }
import-save =
    { $count ->
        [one] 1 Person speichern
       *[other] { $count } Personen speichern
    }
import-drop-all = Alle auslassen
import-unreadable = Diese Datei ist nicht lesbar.
import-book-unread = Das Adressbuch auf dem Server lässt sich nicht lesen: { $why }. Er wird nach einer Weile wieder gefragt.
`];export{e as default};