# Warum etwas nicht geschah: was nicht stimmt, und als Hinweis das eine, was als Nächstes zu tun ist.
# Der Agent nennt einen Satz mit seiner Kennung und den Wörtern zum Einsetzen; wer ihn zeigt, sagt ihn in der Sprache dessen, der ihn liest.
# Ein { $why } ist, was das System oder eine Bibliothek sagt, in eigenen Worten.

-again-or-report = Was vorher gespeichert war, ist nicht betroffen. Versuch es noch einmal; bleibt es so, melde es.
-check-network = Prüfe [network] in config.toml.
-one-line-name = Gib einen Namen an, der auf einer Zeile steht, etwa 'Mira'.
-good-passphrase = Vier oder fünf Wörter, die niemand zusammenstellen würde, sind gut.
-from-paper = Vergleiche sie mit den Wörtern, die du aufgeschrieben hast, und gib alle 24 noch einmal ein, in ihrer Reihenfolge.
-whole-link = Kopiere noch einmal den ganzen Link, von 'kith:' bis zu seinem Ende.
-form-of-code = Ein Code hat sechs Ziffern und vier Wörter, etwa 481920-aardvark-guitarist-solo-tobacco.
-new-code = Bitte um einen neuen Code oder Link.
-update-them = Bitte die andere Seite, Kith zu aktualisieren.
-readable-file = Nenne eine Datei, die dieser Benutzer lesen darf.
-free-space = Schaff Platz und versuch es noch einmal.

## Faults of Kith, and of the system below it

mistake = Kith hat einen Fehler gemacht: { $why }.
    .hint = { -again-or-report }
mistake-no-answer = Kith hat einen Fehler gemacht und nicht geantwortet.
    .hint = { -again-or-report }
mistake-fatal = Kith hat einen Fehler gemacht, nach dem es nicht weitermachen konnte.
    .hint = Was gespeichert ist, ist nicht betroffen. Starte Kith neu; bleibt es so, melde es.
mistake-rests = Kith hat in diesem Gespräch mehr als einmal einen Fehler gemacht.
    .hint = Was vorher gespeichert war, ist nicht betroffen, und andere Kontakte sind es auch nicht. Dieses Gespräch ruht, bis Kith neu gestartet wird; bleibt es so, melde es.
system-randomness = Das System liefert keine Zufallszahlen: { $why }.
    .hint = Starte Kith neu; bleibt es so, muss das System selbst repariert werden.
system-refused = Das System lässt Kith nicht starten: { $why }.
    .hint = Starte Kith noch einmal.
stopping = Kith hält gerade an.
    .hint = Starte es wieder mit 'kith' und versuch es dann noch einmal.

## Calls of the local API

call-unreadable = Der Aufruf ist nicht lesbar: { $why }.
    .hint = Sende ein JSON-Objekt mit "id", "method" und "params".
call-too-large = Der Aufruf ist größer, als er sein darf.
    .hint = Sende Großes als Datei.
call-not-text = Der Aufruf ist kein Text in UTF-8.
    .hint = Sende JSON, ein Objekt nach dem anderen.
call-elsewhere = Dieser Aufruf geht einen anderen Weg.
    .hint = Melde das.
answer-unreadable = Kith konnte die eigene Antwort nicht lesen.
    .hint = Das ist ein Fehler in Kith. Melde ihn.
forbidden-in-home = Die Übersicht kommt nicht an das heran, was in einem Gespräch gesagt wird.
    .hint = Öffne die App mit diesem Kontakt.
forbidden-in-app = Die App mit einem Kontakt darf das nicht.
    .hint = Nimm dafür die Übersicht.
forbidden-other-app = Diese App gehört zu einem anderen Kontakt.
    .hint = Öffne die App mit dem Kontakt, um den es geht.
locked = Kith ist auf diesem Gerät gesperrt.
    .hint = Öffne es mit deiner Passphrase: 'kith unlock'.
path-not-whole = Ein Pfad muss mit '/' beginnen.
    .hint = Nenne den ganzen Pfad.
not-base64 = Das ist kein Base64.
    .hint = Sende die Bytes der Datei in Base64.
log-two-places = Die Nachrichten werden von mehr als einer Stelle verlangt.
    .hint = Gib nur eines von 'before', 'after' und 'around' an.

## Asking an agent

agent-not-running = Für { $home } läuft kein Agent.
    .hint = Starte ihn mit 'kith run', oder nenne mit --home ein anderes Verzeichnis.
agent-running = Für diese Daten läuft schon ein Agent.
    .hint = Nimm ihn, oder halte ihn mit 'kith stop' an.
agent-unreachable = Der Agent lässt sich nicht fragen: { $why }.
    .hint = Schließ einige Programme.
agent-ended = Der Agent endete, bevor er geantwortet hat.
    .hint = Starte ihn mit 'kith run' und sieh noch einmal nach.
agent-still-ending = Der Agent ist noch nicht angehalten.
    .hint = Sieh gleich noch einmal mit 'kith status' nach.
agent-garbled = Die Antwort des Agenten ist nicht lesbar: { $why }.
    .hint = Halte den Agenten an und starte ihn mit dieser Version von Kith.
home-of-another = { $home } gehört jemand anderem.
    .hint = Nenne mit --home dein eigenes Verzeichnis.

## Starting

home-unmade = Das Verzeichnis { $home } lässt sich nicht anlegen: { $why }.
    .hint = Wähle mit --home ein anderes.
home-exists = Diese Daten gibt es schon; ein Start setzt ihre Passphrase nicht neu.
    .hint = Starte Kith mit --passphrase-file, oder wähle mit --home ein anderes Verzeichnis.
home-has-keys = Diese Daten haben schon eigene Schlüssel, darum können sie nicht aus deinen Wörtern beginnen.
    .hint = Wähle mit --home ein anderes Verzeichnis; was hier ist, bleibt, wie es ist.
socket-in-the-way = { $path } ist kein Socket.
    .hint = Leg es anderswohin und starte Kith noch einmal.
socket-refused = Der Socket { $path } lässt sich nicht anlegen: { $why }.
    .hint = Prüfe, ob dieser Benutzer dort schreiben darf.
config-unreadable = { $file } ist nicht lesbar: { $why }.
    .hint = Gib diesem Benutzer das Recht, die Datei zu lesen, oder leg sie anderswohin, um mit den Voreinstellungen zu starten.
config-unusable = { $file } ist nicht benutzbar: { $why }
    .hint = Berichtige diese Zeile, oder leg die Datei anderswohin, um mit den Voreinstellungen zu starten.
web-port-taken = Ein anderes Programm benutzt Port { $port }. Er steht in der Adresse jeder App, darum nimmt Kith von selbst keinen anderen.
    .hint = Beende dieses Programm, oder was den Port sonst belegt, und starte Kith noch einmal; --port wählt auf Dauer einen anderen Port, und mit ihm ändern sich die Adressen der Apps.
web-port-refused = Das System lässt Kith nicht an Port { $port } lauschen: { $why }.
    .hint = Wähle mit --port einen anderen.
web-port-none-free = Es wurde kein freier Port gefunden.
    .hint = Wähle mit --port einen, der frei ist.
udp-port-taken = Ein anderes Programm benutzt UDP-Port { $port }, unter dem Kith hier bekannt ist.
    .hint = Beende dieses Programm, oder setz in config.toml unter [network] einen anderen Port.
network-unusable = Das Netz lässt sich nicht so benutzen, wie config.toml es verlangt: { $why }.
    .hint = Berichtige [network] in config.toml.
book-unwatchable = Das Adressbuch { $folder } lässt sich nicht beobachten: { $why }.
    .hint = Nenne in config.toml unter [contacts] als vdir einen Ordner mit .vcf-Dateien, oder nimm diese Zeile heraus.
dav-no-address = '{ $url }' ist keine Adresse: { $why }.
    .hint = Gib die Adresse des Adressbuchs selbst an, als https://….
dav-not-https = Die Adresse des Adressbuchs ist nicht https: Jeder auf dem Weg dorthin könnte das Passwort lesen.
    .hint = Gib unter [contacts.carddav] seine https-Adresse an.
dav-password = Die Passwortdatei { $file } ist nicht benutzbar: { $why }.
    .hint = Schreib das Passwort auf eine Zeile einer Datei, die nur du lesen kannst (chmod 600).
dav-no-client = Es kommt keine Verbindung zustande: { $why }.
    .hint = Prüfe die Zertifikate des Systems.

## What is stored

stored-wrong-passphrase = Diese Passphrase öffnet den Schlüssel nicht.
    .hint = Prüfe die Tastaturbelegung und versuch es noch einmal.
stored-passphrase-needed = Der Schlüssel ist mit einer Passphrase geschützt.
    .hint = Gib die Passphrase ein.
stored-newer = Eine neuere Version von Kith hat { $file } geschrieben (Format { $found }; diese Version kennt { $known }).
    .hint = Installiere die neueste Version von Kith; nichts wurde geändert.
stored-damaged = { $file } ist nicht lesbar: { $why }.
    .hint = Prüfe die Festplatte. Heb eine Kopie der Datei auf, bevor du etwas anderes versuchst.
stored-damaged-contact = { $file } ist nicht lesbar: { $why }.
    .hint = Nichts wurde gelöscht. Halte Kith an und leg eine unbeschädigte Kopie der Datei zurück, wenn du eine hast; sonst entferne { $name } mit 'kith remove' und koppelt neu. Andere Kontakte sind nicht betroffen.
stored-incomplete = Der Tresor dieses Kontakts ist nicht benutzbar: { $why }.
    .hint = Andere Kontakte sind nicht betroffen.
stored-read-only = { $file } ist nicht beschreibbar: { $why }.
    .hint = Mach das Verzeichnis für diesen Benutzer beschreibbar, oder wähle ein anderes für deine Daten.
stored-no-room = Es ist kein Platz mehr da, um { $file } zu schreiben.
    .hint = Schaff Platz und versuch es noch einmal; was vorher gespeichert war, ist heil.
stored-in-use-by = Prozess { $process } benutzt { $file } gerade.
    .hint = Nimm den Agenten, der läuft, oder halte ihn erst an.
stored-in-use = Ein anderer Prozess benutzt { $file } gerade.
    .hint = Nimm den Agenten, der läuft, oder halte ihn erst an.
stored-missing = { $file } ist nicht da.
    .hint = Prüfe, ob das das richtige Verzeichnis ist.
stored-exists = { $file } ist schon da.
    .hint = Wähle ein anderes Verzeichnis, oder nimm das, was da ist.
stored-failed = { $file } ließ sich nicht lesen oder nicht schreiben: { $why }.
    .hint = Prüfe die Festplatte, ihre Kabel und ob sie eingehängt ist, und versuch es dann noch einmal.
stored-mistake = Kith wollte etwas speichern, was sich nicht speichern lässt: { $why }.
    .hint = Das ist ein Fehler in Kith. Melde ihn bitte.

## Passphrase, keyring, lock

passphrase-needed = Der Schlüssel ist mit einer Passphrase geschützt.
    .hint = Starte Kith in einem Terminal, das nach ihr fragt, oder mit --passphrase-file. Nach 'kith passphrase --keyring' startet es, ohne zu fragen.
passphrase-not-kept = Was der Schlüsselbund des Schreibtischs für den Schlüssel hat, öffnet ihn nicht.
    .hint = Gib die Passphrase ein.
passphrase-too-short = Diese Passphrase braucht mindestens { $count ->
        [one] 1 Zeichen
       *[other] { $count } Zeichen
    }.
    .hint = { -good-passphrase }
passphrase-too-long = Eine Passphrase hat höchstens { $count } Bytes.
    .hint = { -good-passphrase }
passphrase-none = Diese Daten sind mit keiner Passphrase geschützt, also könnte nichts sie wieder öffnen.
    .hint = Setz erst eine: 'kith passphrase', oder in den Einstellungen der Übersicht.
passphrase-none-to-keep = Diese Daten sind mit keiner Passphrase geschützt; Kith startet ohnehin, ohne zu fragen.
    .hint = Um eine zu setzen: 'kith passphrase', oder in den Einstellungen der Übersicht.
passphrase-being-tried = Gerade wird eine andere Passphrase versucht.
    .hint = Versuch es in einer Sekunde noch einmal.
passphrase-unchecked = Die Passphrase konnte nicht geprüft werden.
    .hint = Versuch es noch einmal.
lock-too-late = Ein Gerät sperrt sich spätestens nach einem Tag.
    .hint = Gib höchstens { $count } Minuten an, oder 0 für nie.
keyring-busy = Der Schlüsselbund des Schreibtischs wird gerade gefragt.
    .hint = Sieh nach, ob er dich etwas fragt, und versuch es dann noch einmal.
keyring-no-session = Hier ist niemand auf einem Schreibtisch angemeldet, darum gibt es keinen Schlüsselbund.
    .hint = Starte Kith auf deinem Schreibtisch und versuch es noch einmal.
keyring-no-service = Auf diesem Schreibtisch antwortet kein Schlüsselbund.
    .hint = Starte einen, der den Secret Service anbietet (GNOME Keyring, KWallet oder KeePassXC), und versuch es noch einmal.
keyring-locked = Der Schlüsselbund des Schreibtischs ist gesperrt.
    .hint = Öffne ihn auf deinem Schreibtisch und versuch es noch einmal.
keyring-dismissed = Der Schlüsselbund des Schreibtischs hat gefragt, ob er sich öffnen darf, und die Antwort war Nein.
    .hint = Versuch es noch einmal und erlaube es ihm.
keyring-silent = Der Schlüsselbund des Schreibtischs hat nicht rechtzeitig geantwortet.
    .hint = Sieh nach, ob er dich etwas fragt, und versuch es noch einmal.
keyring-refused = Der Schlüsselbund des Schreibtischs hat abgelehnt: { $why }.
    .hint = Sieh ihn dir auf deinem Schreibtisch an und versuch es noch einmal.

## The 24 words

words-confirmed = Die Wörter wurden geprüft, darum liegt von der Wurzel deiner Schlüssel hier nichts mehr.
    .hint = Nimm die Wörter, die du aufgeschrieben hast.
words-count = Du hast { $count ->
        [one] 1 Wort
       *[other] { $count } Wörter
    } angegeben; es müssen 24 sein.
    .hint = { -from-paper }
words-unknown = Wort { $position } steht nicht auf der Liste.
    .hint = { -from-paper }
words-unknown-nearest = Wort { $position } steht nicht auf der Liste; vielleicht ist es '{ $nearest }'.
    .hint = { -from-paper }
words-do-not-fit = Eines der Wörter ist nicht das richtige, oder zwei sind vertauscht.
    .hint = { -from-paper }
words-differ = Wort { $position } ist nicht das, das gezeigt wurde.
    .hint = { -from-paper }

## Contacts

contact-unnamed = Es ist kein Kontakt genannt.
    .hint = Nenne einen mit seiner Kennung oder seinem Namen.
contact-unknown = Es gibt keinen Kontakt namens '{ $name }'.
    .hint = 'kith contacts' zeigt alle.
contact-ambiguous = { $count } Kontakte heißen '{ $name }'.
    .hint = Nimm stattdessen eine Kennung: { $ids }.
contact-gone = Diesen Kontakt gibt es nicht mehr.
    .hint = 'kith contacts' zeigt, welche es gibt.
contact-exists = Es gibt schon einen Kontakt namens '{ $name }'.
    .hint = Wähle einen anderen Namen, oder nimm 'kith invite NAME --again', wenn es derselbe Mensch ist.
contact-exists-answering = Es gibt schon einen Kontakt namens '{ $name }'.
    .hint = Wenn es derselbe Mensch ist, der ein Gerät verloren hat oder neu anfing, mach mit diesem Kontakt weiter: 'kith accept CODE --again { $name }'. Wenn es jemand anderes ist, gib einen anderen Namen an: '--name NAME'.
contact-blocked = { $name } ist blockiert.
    .hint = Nimm das erst zurück: 'kith block KONTAKT --off', oder in der App.
contact-not-to-block = Hier gibt es niemanden zu blockieren: { $name } hat nicht geantwortet.
    .hint = Entferne stattdessen den Kontakt; Code und Link enden mit ihm.
contacts-full = Mehr als { $count } Kontakte haben hier keinen Platz.
    .hint = Entferne einige, die du nicht brauchst.
contacts-too-many = Mehr als { $count } Kontakte haben hier keinen Platz.
    .hint = Wähle weniger.
name-empty = Der Name ist leer.
    .hint = { -one-line-name }
name-too-long = Der Name ist zu lang: Er darf höchstens 128 Bytes haben.
    .hint = { -one-line-name }
name-control = Im Namen ist ein Steuerzeichen.
    .hint = { -one-line-name }
name-like-id = Der Name sieht aus wie die Kennung eines Kontakts.
    .hint = { -one-line-name }
number-not-yet = Es gibt noch keine Sicherheitsnummer: { $name } hat noch nicht geantwortet.
    .hint = Vergleicht sie, sobald die beiden Apps verbunden sind.
number-of-backup = Was hier von { $name } liegt, kam aus einer Sicherung, ohne die Schlüssel, für die eine Nummer gilt.
    .hint = Koppelt erst neu, dann vergleicht die neue Nummer.
language-unknown = Kith spricht '{ $tag }' nicht.
    .hint = Wähle eine von diesen: { $known }. Oder wähle keine, dann gilt die des jeweiligen Browsers.
launcher-unwritable = Der Starter { $file } lässt sich nicht schreiben: { $why }.
    .hint = Prüfe, ob dieser Benutzer dort schreiben darf.
launcher-nowhere = Es gibt keinen Ordner für Starter: Weder XDG_DATA_HOME noch HOME ist gesetzt.
    .hint = Starte Kith von deinem Schreibtisch aus, oder setz eines von beiden.

## Address-book cards

card-none = In dieser Datei ist keine Karte.
    .hint = Exportiere die Kontakte als .vcf-Datei (vCard) und wähle diese.
card-file-too-large = Die Datei ist größer als { $count } MiB.
    .hint = Exportiere die Kontakte ohne Bilder oder in mehreren Dateien.
card-mistake = Kith hat bei dieser Datei einen Fehler gemacht.
    .hint = Nichts davon wurde gespeichert. Exportiere sie noch einmal, vielleicht in Version 3.0 oder 4.0.
card-unknown = Niemand auf der Liste zum Durchsehen hat die Nummer { $key }.
    .hint = Sieh die Liste noch einmal durch; vielleicht hat ein anderes Fenster sie beendet.

## Pairing

code-digits = Ein Code beginnt mit sechs Ziffern; du hast { $count } angegeben.
    .hint = { -form-of-code }
code-word-count = Ein Code hat vier Wörter; du hast { $count } angegeben.
    .hint = { -form-of-code }
code-word-unknown = Wort { $position } steht nicht auf der Liste.
    .hint = { -form-of-code }
code-word-nearest = Wort { $position } steht nicht auf der Liste; vielleicht ist es '{ $nearest }'.
    .hint = { -form-of-code }
code-word-place = Wort { $position } kann dort nicht stehen: Zwei Wörter sind vertauscht, oder davor fehlt eines.
    .hint = { -form-of-code }
link-none = Das ist keine Einladung; eine Einladung beginnt mit 'kith:'.
    .hint = { -whole-link }
link-cut = Die Einladung ist nicht vollständig.
    .hint = { -whole-link }
link-newer = Die Einladung hat Version { $version }, und die kann nur eine neuere Version von Kith lesen.
    .hint = Installiere die neueste Version von Kith.
code-own = Das ist deine eigene Einladung.
    .hint = Gib sie an den anderen Menschen weiter; beantwortet wird sie auf dem anderen Gerät.
code-wrong = Das stimmte nicht. { $count ->
        [one] Noch ein Versuch
       *[other] Noch { $count } Versuche
    }, dann ist der Code tot.
    .hint = Prüfe die Wörter und gib den Code noch einmal ein.
code-wrong-last = Das stimmte nicht, und es war der letzte Versuch: Der Code ist tot.
    .hint = Bitte um einen neuen Code.
code-over = Diese Einladung gilt nicht mehr: Sie wurde benutzt, sie ist abgelaufen, oder es wurde zu oft geraten.
    .hint = { -new-code }
code-refused = Die andere Seite hat abgelehnt, aus einem Grund, den diese Version nicht kennt ({ $number }).
    .hint = { -new-code }
code-unanswered = Kein Gerät hat in der gegebenen Zeit auf diesen Code geantwortet.
    .hint = Prüfe die Ziffern, und ob das andere Kith läuft, bei einem vorgelesenen Code im selben Netz. Ein Code gilt zehn Minuten; ein Link reicht auch weiter.
code-unsearched = Das Netz konnte nicht durchsucht werden: { $why }.
    .hint = { -check-network }
pairing-versions = Die beiden Versionen von Kith haben keine gemeinsame Sprache.
    .hint = Aktualisiere die ältere.
pairing-off = Die Antwort wurde abgebrochen.
    .hint = Nichts davon ist geblieben.
pairing-off-blocked = Die Antwort wurde abgebrochen.
    .hint = Der Kontakt wurde blockiert.
pairing-going-on = Du und { $name } werdet gerade verbunden.
    .hint = Warte, bis es so weit ist, oder entferne den Kontakt, um neu anzufangen.
pairing-no-network = Die Einladung lässt sich nicht beantworten: { $why }.
    .hint = { -check-network }
pairing-no-keys = Die Schlüssel zum Wiederherstellen sind auf diesem Gerät aufgebraucht.
    .hint = Koppeln kannst du noch von einem neuen Verzeichnis aus, oder von einem deiner Geräte, das noch welche hat.

## Messages

not-answered-yet = Noch hat niemand geantwortet, darum gibt es kein Gespräch.
    .hint = Warte, bis ihr beide verbunden seid.
not-invited-yet = Noch wurde niemand eingeladen, darum gibt es kein Gespräch.
    .hint = Lade diesen Kontakt erst ein.
not-connected-yet = { $name } hat noch nicht geantwortet, darum gibt es keine Schlüssel zum Schreiben.
    .hint = Warte, bis ihr beide verbunden seid; 'kith contacts' zeigt, wie weit es ist.
device-none = Es gibt kein Gerät von { $name }, das sich erreichen ließe.
    .hint = Koppelt erst: 'kith invite KONTAKT', oder 'kith accept CODE' mit dem Code der anderen Seite; mit '--again', wenn ihr schon einmal verbunden wart.
text-empty = Es gibt keinen Text.
    .hint = Schreib erst etwas.
text-too-long = Der Text hat { $count } Bytes; höchstens { $most } dürfen es sein.
    .hint = Sende ihn in Teilen.
draft-too-long = Der Entwurf ist länger, als eine Nachricht sein darf.
    .hint = Kürze ihn.
search-too-long = Das ist zu viel für eine Suche.
    .hint = Gib ein paar Wörter ein.
message-id-bad = '{ $text }' ist keine Kennung einer Nachricht.
    .hint = 'kith log KONTAKT --ids' zeigt, womit die Kennungen der Nachrichten beginnen.
message-unknown = Diese Nachricht gibt es hier nicht.
    .hint = 'kith log KONTAKT' zeigt die Nachrichten mit ihren Kennungen.
message-not-yours = Diese Nachricht hat jemand anderes geschrieben.
    .hint = Bearbeiten oder löschen kann eine Nachricht nur, wer sie geschrieben hat.
message-deleted = Diese Nachricht ist schon gelöscht.
    .hint = Nichts davon ist geblieben; schreib stattdessen eine neue.
message-from-before = Diese Nachricht ist von früher, bevor ihr neu gekoppelt habt, und lässt sich nur noch löschen.
    .hint = Schreib sie neu, oder lösch sie hier.
message-on-its-way = Diese Nachricht ist noch unterwegs, darum lässt sie sich nur für beide löschen.
    .hint = 'kith delete' löscht sie für beide.
message-pinned-often = Diese Nachricht wurde zu oft angeheftet und wieder gelöst.
    .hint = Sie bleibt, wie sie ist.
reaction-not-emoji = An eine Nachricht lässt sich nur ein einzelnes Emoji setzen.
    .hint = Gib ein Emoji an, oder nichts, um deines zurückzunehmen.
timer-bad = Nachrichten bleiben mindestens 5 Sekunden und höchstens 366 Tage, oder auf Dauer.
    .hint = Gib eine Zeit an, etwa 5m, 1h, 1d oder 4w, oder 'off'.
device-removed = Dieses Gerät wurde aus der Liste deiner Geräte entfernt, darum schreibt es hier nicht mehr.
    .hint = Schreib von einem Gerät, das noch auf der Liste steht.
device-retired = Was dieses Gerät hier aufbewahrt, ist eine Kopie oder ein alter Stand, darum schreibt es nicht mehr.
    .hint = Koppelt neu: 'kith invite KONTAKT --again' hier, oder 'kith accept CODE --again KONTAKT' mit dem Code der anderen Seite.
too-old-edit = Eine App in diesem Gespräch ist zu alt, um eine bearbeitete Nachricht zu zeigen; sie muss erst aktualisiert werden.
    .hint = { -update-them }
too-old-react = Eine App in diesem Gespräch ist zu alt, um ein Emoji an einer Nachricht zu zeigen; sie muss erst aktualisiert werden.
    .hint = { -update-them }
too-old-pin = Eine App in diesem Gespräch ist zu alt, um angeheftete Nachrichten zu zeigen; sie muss erst aktualisiert werden.
    .hint = { -update-them }
too-old-disappear = Eine App in diesem Gespräch ist zu alt, um Nachrichten verschwinden zu lassen; sie muss erst aktualisiert werden.
    .hint = { -update-them }
too-old-files = Eine App in diesem Gespräch ist zu alt, um Dateien anzunehmen; sie muss erst aktualisiert werden.
    .hint = { -update-them }
forward-nothing = Es gibt nichts weiterzuleiten.
    .hint = Wähle noch einmal 'Weiterleiten' im Menü einer Nachricht.
forward-a-file = Diese Nachricht ist eine Datei, und weiterleiten lassen sich nur Texte.
    .hint = 'kith get' speichert sie, und 'kith send --file' sendet sie an jemand anderen.

## Files

file-none = Zu dieser Nachricht gehört keine Datei.
    .hint = 'kith files KONTAKT' zeigt die Dateien.
file-unreadable = '{ $file }' ist nicht lesbar: { $why }.
    .hint = { -readable-file }
file-not-one = '{ $file }' ist keine Datei.
    .hint = Nenne eine Datei; einen Ordner kannst du als Archiv senden.
file-name-bad = Diesen Namen, diese Größe oder diese Beschreibung kann eine Datei nicht haben.
    .hint = Gib ihr einen anderen Namen.
file-caption-too-long = Was du zu der Datei schreibst, ist zu lang.
    .hint = Schreib weniger dazu.
file-not-here = Diese Datei ist nicht hier.
    .hint = Frag sie erst an.
file-not-here-yet = Diese Datei ist noch nicht hier.
    .hint = 'kith get KONTAKT DATEI' fragt sie an und wartet.
file-exists = Bei '{ $file }' ist schon etwas.
    .hint = Wähle mit -o einen anderen Ort, oder ersetze es mit --force.
file-changed = Die versiegelte Datei auf diesem Gerät wurde verändert und lässt sich nicht öffnen.
    .hint = Bitte darum, dass sie noch einmal gesendet wird.
file-cut-short = Die Datei endete, bevor sie ganz da war.
    .hint = Sende sie noch einmal.
file-too-large = Diese Datei ist größer als 16 TiB.
    .hint = Sende sie in Teilen.
file-sent-from-here = Diese Datei wurde von hier gesendet und kann noch angefragt werden.
    .hint = Lösch ihre Nachricht, dann ist sie auf beiden Seiten weg.
disk-full = Auf diesem Datenträger ist kein Platz.
    .hint = { -free-space }
disk-refuses = Der Datenträger nimmt es nicht an: { $why }.
    .hint = Prüfe den Ort und seine Rechte, und versuch es dann noch einmal.
storage-busy = Kith sieht schon nach.
    .hint = Frag gleich noch einmal.

## Backup and restore

backup-busy = Gerade entsteht schon eine Sicherung.
    .hint = Warte, bis sie fertig ist.
backup-gone = Diese Sicherung liegt nicht zum Abholen bereit.
    .hint = Leg sie in den Einstellungen neu an.
backup-stopped = Die Sicherung wurde abgebrochen, bevor sie ganz war.
    .hint = Nichts davon ist geblieben; leg sie neu an, wann du magst.
backup-let-go = Der Browser hat das Herunterladen abgebrochen, bevor die Sicherung ganz war.
    .hint = Sieh nach, ob dort Platz ist, wo er Dateien speichert, und leg die Sicherung neu an. Ein Teil, den er vielleicht behalten hat, lässt sich nicht öffnen.
backup-unfetched = Der Browser hat die Sicherung nicht abgeholt.
    .hint = Sieh nach, ob er dieser Seite das Herunterladen verwehrt, und mach die Sicherung neu.
backup-exists = Bei '{ $file }' ist schon etwas.
    .hint = Wähle einen anderen Namen; eine Sicherung ersetzt nichts.
backup-no-folder = Für '{ $file }' gibt es keinen Ordner.
    .hint = Leg den Ordner erst an, oder wähle einen anderen.
backup-no-room = Für '{ $file }' ist kein Platz.
    .hint = Schaff dort Platz, oder wähle einen anderen Datenträger. Von dieser Sicherung ist nichts geblieben.
backup-failed = Die Sicherung ließ sich nicht schreiben: { $why }.
    .hint = Von dieser Sicherung ist nichts geblieben. Prüfe den Datenträger und seine Rechte, dann leg sie neu an.
restore-not-one = '{ $file }' ist keine Sicherung von Kith.
    .hint = Nenne die Datei, die 'kith backup' geschrieben hat.
restore-newer = Eine neuere Version von Kith hat '{ $file }' angelegt (Format { $found }; diese Version kennt { $known }).
    .hint = Installiere die neueste Version von Kith und stell die Sicherung damit wieder her.
restore-wrong-passphrase = Diese Passphrase öffnet die Sicherung nicht.
    .hint = Es ist die, die beim Anlegen der Sicherung angegeben wurde. Prüfe die Tastaturbelegung und versuch es noch einmal.
restore-damaged = '{ $file }' wurde abgeschnitten oder verändert: Ab Byte { $at } ist der Datei nicht zu trauen.
    .hint = Kopiere sie noch einmal von dort, wo du sie aufbewahrst, oder nimm eine frühere Sicherung. Nichts wurde wiederhergestellt.
restore-in-the-way = In { $home } ist schon etwas, und eine Sicherung wird nur an einem leeren Ort wiederhergestellt.
    .hint = Wähle mit --home ein anderes Verzeichnis; was dort ist, bleibt, wie es ist.
restore-unreadable = '{ $file }' ist nicht lesbar: { $why }.
    .hint = { -readable-file }
restore-not-started = Die Sicherung ist in { $home } ganz wiederhergestellt; aber Kith konnte dort nicht starten.
    .hint = Wenn das behoben ist, starte Kith ohne --restore-backup.
