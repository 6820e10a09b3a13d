# Was die Kommandozeile sagt.

## Errors

error = kith: { $message }
error-no-home = Dieses Konto hat kein Verzeichnis für Daten.
hint-no-home = Nenne ein Verzeichnis mit --home.
hint-usage = Versuch 'kith --help'.
error-json = Die Antwort lässt sich nicht als JSON schreiben: { $why }.
error-stdout = Die Standardausgabe ist nicht beschreibbar: { $why }.
hint-stdout = Schaff Platz, oder lenk die Ausgabe anderswohin.
error-answer = Kith antwortet so, wie es diese Version nicht versteht: { $why }.
hint-answer = Halte Kith mit 'kith stop' an und starte es mit dieser Version.
error-unanswered = Die Antwort von Kith ging verloren.
error-signals = Das System sagt nicht, wann Schluss ist: { $why }.
error-terminal = Das Terminal ist nicht benutzbar: { $why }.
hint-terminal = Gib die Antwort als Option; 'kith BEFEHL --help' nennt sie.
error-tui-json = 'kith tui' ist ein Bildschirm und gibt nichts aus.
hint-tui-json = Nimm 'kith contacts --json' und 'kith log NAME --follow --json'.
hint-bug = Das ist ein Fehler in Kith. Melde ihn.

## Running the agent

ready = Kith läuft: { $url }
ready-open = Öffne diese Adresse binnen einer Minute; sie gilt einmal: { $url }
restore-ask = Tipp deine 24 Wörter in ihrer Reihenfolge:
passphrase-ask = Passphrase dieser Daten:{" "}
passphrase-again = Das war sie nicht. Passphrase:{" "}
error-passphrase-file = Die Passphrase lässt sich nicht aus { $file } lesen: { $why }.
hint-passphrase-file = In der Datei steht die Passphrase auf einer Zeile, in UTF-8.
passphrase-size = sie ist leer oder zu lang
not-utf8 = sie ist nicht UTF-8

## Pairing

invite-read = Lies das { $name } vor, zum Eintippen nach 'kith accept' oder in Kith:
invite-open = { $count ->
    [one] Offen für 1 Minute.
   *[other] Offen für { $count } Minuten.
}
invite-send = Oder schick diesen Link über etwas, dem ihr beide traut:
failures = { $count ->
    [one] bisher 1 falscher Versuch
   *[other] bisher { $count } falsche Versuche
}
stage-generating = Die App wird erzeugt
stage-keys = Schlüssel werden erzeugt
stage-connection = Die direkte Verbindung entsteht
stage-secure = Sichere Verbindung steht
accepted = Du und { $name } seid verbunden.
accepted-waiting = Das Gerät von { $name } hat noch nicht alles beantwortet; Kith macht von selbst weiter.
error-code-input = Code oder Link lassen sich nicht von der Standardeingabe lesen.
hint-code-input = Gib ihn als Text in UTF-8.

## Contacts

no-contacts = Noch niemand. Lade jemanden ein mit 'kith invite NAME'.
contact = { $name }  { $facts }
reach-inviting = eingeladen
reach-connecting = wird verbunden
reach-failed = der Code ist abgelaufen; mach einen neuen mit 'kith invite NAME --again'
reach-direct = direkt
reach-relayed = über Relais
reach-online = erreichbar
reach-offline = nicht erreichbar
verified = verglichen
unread = { $count } ungelesen
waiting = { $count ->
    [one] 1 Nachricht wartet hier
   *[other] { $count } Nachrichten warten hier
}
renewed = neue Sicherheitsnummer, nicht verglichen
held = { $count ->
    [one] 1 Nachricht wartet auf dein Wort
   *[other] { $count } Nachrichten warten auf dein Wort
}
renewed-proven = Die 24 Wörter von { $name } bürgen für die neuen Schlüssel. Die Sicherheitsnummer ist eine neue.
renewed-unproven = Noch bürgt nichts für die neuen Schlüssel: Vergleicht die neue Sicherheitsnummer mit 'kith verify'.
renewed-held = { $count ->
    [one] 1 Nachricht war für die alten Schlüssel von { $name }. 'kith resend' schreibt sie noch einmal für die neuen.
   *[other] { $count } Nachrichten waren für die alten Schlüssel von { $name }. 'kith resend' schreibt sie noch einmal für die neuen.
}
reached = Das Gerät von { $name } ist erreicht.
not-reached = Das Gerät von { $name } ist weiterhin nicht erreichbar. Was wartet, geht von selbst ab, wenn es wieder da ist.
resend-ask-unproven = { $count ->
    [one] 1 Nachricht war für die alten Schlüssel von { $name }. Nichts bürgt für die neuen, und ihre Sicherheitsnummer wurde nicht verglichen. Sie trotzdem für die neuen Schlüssel schreiben? [j/N]
   *[other] { $count } Nachrichten waren für die alten Schlüssel von { $name }. Nichts bürgt für die neuen, und ihre Sicherheitsnummer wurde nicht verglichen. Sie trotzdem für die neuen Schlüssel schreiben? [j/N]
}
resend-ask-proven = { $count ->
    [one] 1 Nachricht war für die alten Schlüssel von { $name }. Die 24 Wörter von { $name } bürgen für die neuen. Sie für diese noch einmal schreiben? [j/N]
   *[other] { $count } Nachrichten waren für die alten Schlüssel von { $name }. Die 24 Wörter von { $name } bürgen für die neuen. Sie für diese noch einmal schreiben? [j/N]
}
resend-ask-compared = { $count ->
    [one] 1 Nachricht war für die alten Schlüssel von { $name }. Du hast die neue Sicherheitsnummer verglichen. Sie für die neuen Schlüssel noch einmal schreiben? [j/N]
   *[other] { $count } Nachrichten waren für die alten Schlüssel von { $name }. Du hast die neue Sicherheitsnummer verglichen. Sie für die neuen Schlüssel noch einmal schreiben? [j/N]
}
resend-ask-drop = { $count ->
    [one] 1 Nachricht löschen, die für die alten Schlüssel von { $name } war? [j/N]
   *[other] { $count } Nachrichten löschen, die für die alten Schlüssel von { $name } waren? [j/N]
}
hint-resend = Hier kann niemand gefragt werden: Sag es mit --yes.
resend-done = { $count ->
    [0] Keine Nachricht wartet auf dein Wort.
    [one] 1 Nachricht wurde für die neuen Schlüssel von { $name } noch einmal geschrieben.
   *[other] { $count } Nachrichten wurden für die neuen Schlüssel von { $name } noch einmal geschrieben.
}
resend-dropped = { $count ->
    [0] Keine Nachricht wartet auf dein Wort.
    [one] 1 Nachricht wurde gelöscht.
   *[other] { $count } Nachrichten wurden gelöscht.
}
verify-number = Die Sicherheitsnummer von dir und { $name }:
verify-ask = Sieht { $name } dieselbe Nummer? [j/N]
verify-next = Noch ist nichts vermerkt. Vergleiche sie mit der bei { $name }, und wenn beide gleich sind: „kith verify { $name } --yes“.
verify-done = { $name } ist als verglichen vermerkt.
verify-undone = { $name } ist nicht als verglichen vermerkt.
error-no-number = Mit { $name } gibt es noch keine Sicherheitsnummer.
hint-no-number = Sie kommt mit der ersten Verbindung.
renamed = Der Name hier ist { $name }.
remove-ask = { $name } entfernen, mit allen Schlüsseln und Nachrichten? Das lässt sich nicht rückgängig machen. [j/N]
removed = Die App mit { $name } ist weg, mit Schlüsseln und Nachrichten.
unchanged = Nichts wurde geändert.
answer-yes = j ja y yes

## Messages

you = Du
message = { $time }  { $from }:
message-deleted = (gelöscht)
message-unknown = (von einer neueren Version von Kith)
message-edited = bearbeitet
message-late = verspätet
message-held = wartet auf dein Wort
state-waiting = wartet
state-sent = gesendet
state-delivered = zugestellt
state-seen = gesehen
notice = { $time }  —
edited = Bearbeitet. Der neue Wortlaut: { $state }.
hidden = Hier ist sie weg. Sonst hat niemand davon erfahren.
deleted-never-delivered = Gelöscht. Keine Kopie hatte dieses Gerät verlassen: Sie wird nie zugestellt.
deleted-withdrawn = Gelöscht. Eine versiegelte Kopie war unterwegs; sie wird zurückgezogen, wo sie nicht geöffnet wurde, und zu entfernen gebeten, wo sie es wurde.
deleted-asked = Hier gelöscht. Das andere Gerät hat sie und ist gebeten, sie zu entfernen; sie kann gelesen worden sein.
deleted-here = Hier gelöscht. Sie ging an die Schlüssel vor eurem erneuten Koppeln: Niemand kann gebeten werden, sie zu entfernen.
error-timed-out = Die Nachricht ist noch nicht so weit ({ $wanted }), sondern: { $state }.
hint-timed-out = Sie bleibt auf diesem Gerät, bis das andere sie hat. 'kith log' zeigt ihren Stand.
error-empty-text = Es gibt keinen Text zu senden.
hint-empty-text = Gib den Text als Argument, oder '-' für die Standardeingabe.
error-input = Die Standardeingabe ist nicht lesbar.
hint-input = Gib den Text als Argument.
error-not-utf8 = Der Text ist nicht UTF-8.
hint-not-utf8 = Wandle ihn erst um; Kith sendet Text, wie er ist, oder gar nicht.
error-long-text = Der Text ist zu lang für eine Nachricht.
hint-long-text = Sende ihn in Teilen.

## This device

status-version = Kith { $version }
status-home = Daten: { $home }  ·  Übersicht: { $url }
status-ports = Web-Port { $web }  ·  UDP-Port { $udp }
status-lan = Bleibt im lokalen Netz
status-internet = Lokales Netz und Internet
status-contacts = { $count ->
    [one] 1 Kontakt
   *[other] { $count } Kontakte
}
status-online = { $online } erreichbar, { $direct } davon direkt
status-waiting = { $count ->
    [0] Keine Nachricht wartet hier
    [one] 1 Nachricht wartet hier
   *[other] { $count } Nachrichten warten hier
}
status-stored = { $count } KiB Nachrichten und Schlüssel
status-key-in-file = Der Schlüssel liegt in einer Datei: Wer deine Dateien lesen kann, kann deine Nachrichten lesen.
status-seed = Die 24 Wörter sind nicht geprüft: siehe 'kith seed show'.
stopped = Kith ist angehalten.
seed-intro = Schreib diese Wörter auf Papier, in dieser Reihenfolge. Sie sind die Wurzel deiner Schlüssel: Wer sie hat, kann deinen Leuten beweisen, du zu sein.
seed-next = Tipp sie dann mit 'kith seed confirm' zurück; danach werden sie hier gelöscht.
seed-gone = Die Wörter wurden geprüft und sind nicht auf diesem Gerät.
seed-confirmed = Die Wörter stimmen. Sie sind hier gelöscht.
error-words-input = Die Wörter lassen sich nicht von der Standardeingabe lesen.
hint-words-restore = Gib sie auf der Standardeingabe: 'kith run --restore < DATEI', oder tipp sie.
hint-words-input = Tipp sie nach 'kith seed confirm', in ihrer Reihenfolge.

## The doctor

doctor-well = Alles ist in Ordnung.
doctor-resting = Kith ist in diesem Gespräch { $count } Mal gescheitert, darum ruht es. Halte Kith mit 'kith stop' an und starte es neu; kommt es wieder, melde es. Nichts Gespeichertes ist verloren.
doctor-broken = Was von { $name } aufbewahrt ist, lässt sich nicht lesen. Andere Kontakte sind nicht betroffen. Starte Kith neu; bleibt es so, entferne { $name } und koppelt neu.
doctor-unsound = Der Tresor von { $name } ist beschädigt: Teile der Datei sind nicht lesbar. Kopiere diese Daten auf eine andere Festplatte, prüfe die Festplatte und koppelt neu, wenn es so bleibt.
doctor-retired = Was dieses Gerät hier aufbewahrt, ist eine Kopie oder ein alter Stand, darum schreibt es nicht mehr. Entferne { $name } und koppelt neu.
doctor-restored = Was hier von { $name } liegt, kam aus einer Sicherung, und die hat keine Schlüssel. Koppelt neu, um weiterzuschreiben: 'kith invite { $name } --again'.
doctor-copy-proven = { $count ->
    [one] Ein Gerät von { $name } wurde kopiert oder zurückgesetzt. Nichts mehr davon wird gelesen. Sag es { $name }.
   *[other] { $count } Geräte von { $name } wurden kopiert oder zurückgesetzt. Nichts mehr davon wird gelesen. Sag es { $name }.
}
doctor-refused = { $count ->
    [one] 1 Datensatz ließ sich hier nicht öffnen. Das Gerät von { $name } sendet den Inhalt noch einmal; es ist nichts zu tun.
   *[other] { $count } Datensätze ließen sich hier nicht öffnen. Das Gerät von { $name } sendet den Inhalt noch einmal; es ist nichts zu tun.
}
doctor-outside = { $count ->
    [one] 1 Gerät ist im Augenblick nicht in den Schlüsseln dieses Gesprächs. Es kommt dazu, wenn beide Geräte an sind; es ist nichts zu tun.
   *[other] { $count } Geräte sind im Augenblick nicht in den Schlüsseln dieses Gesprächs. Sie kommen dazu, wenn sie an sind; es ist nichts zu tun.
}
doctor-parked = { $count ->
    [one] Ein Gerät von { $name } war lange nicht da. Was dafür bestimmt ist, wartet, solange es dauert; es ist nichts zu tun.
   *[other] { $count } Geräte von { $name } waren lange nicht da. Was dafür bestimmt ist, wartet, solange es dauert; es ist nichts zu tun.
}
doctor-parked-mine = { $count ->
    [one] Ein Gerät von dir war lange nicht da. Was dafür bestimmt ist, wartet, solange es dauert; es ist nichts zu tun.
   *[other] { $count } Geräte von dir waren lange nicht da. Was dafür bestimmt ist, wartet, solange es dauert; es ist nichts zu tun.
}
doctor-faults = { $count ->
    [one] Kith ist in diesem Gespräch einmal gescheitert und machte weiter. Melde es, wenn es wiederkommt.
   *[other] Kith ist in diesem Gespräch { $count } Mal gescheitert und machte weiter. Melde es.
}
doctor-not-connected = Du und { $name } seid noch nicht verbunden. 'kith contacts' zeigt, wie weit es ist.
doctor-away = { $count ->
    [one] { $name } ist nicht erreichbar. 1 Nachricht wartet hier und geht von selbst.
   *[other] { $name } ist nicht erreichbar. { $count } Nachrichten warten hier und gehen von selbst.
}
doctor-row-path = Weg
doctor-row-vault = Tresor
doctor-row-faults = Fehler
doctor-row-own = Eigenes Log
doctor-row-device = Gerät
doctor-row-log = Log
doctor-sound = heil
doctor-damaged = beschädigt
doctor-vault = { $count } KiB, { $state }
doctor-own = nächster Datensatz { $next }, aufbewahrt ab { $kept }, { $since } seit dem letzten Schlüsselwechsel, davor { $formers } verloren
doctor-device = { $id }: { $states }; hat bis { $through }; ausstehend { $sealed } versiegelt, { $unsealed } unversiegelt; Quittung { $receipt }, still seit { $silent } Schlüsselwechseln
doctor-log = { $id } von { $writer }: gelesen bis { $through }; abgewiesen { $refused }; { $states }
doctor-mine = deins
doctor-theirs = der anderen Seite
doctor-not-in-force = nicht auf der Liste
doctor-connected = verbunden
doctor-not-connected-here = nicht verbunden
doctor-leaf = in den Schlüsseln
doctor-no-leaf = nicht in den Schlüsseln
doctor-is-parked = geparkt
doctor-waits-to-enter = wartet auf Aufnahme
doctor-offer = kann neu aufgenommen werden
doctor-no-offer = gab keinen Schlüssel zur Aufnahme
doctor-forked = zweierlei an einer Stelle
doctor-none = nichts
pinned = angeheftet
muted = stumm
archived = archiviert
blocked = blockiert
hit-mine = { $name }, du  { $text }
hit = { $name }  { $text }
not-whole = Nicht jedes Gespräch konnte durchsucht werden.
doctor-blocked = Du hast { $name } blockiert: Keines der Geräte hört hier vom anderen. 'kith block KONTAKT --off' nimmt das zurück.
verified-met = persönlich verglichen
verify-met = { $name } ist als persönlich verglichen vermerkt.

## Importieren

import-new = neu      { $name }
import-known = bekannt  { $name }, schon ein Kontakt
import-same = gleich   { $name }; ein Kontakt heißt schon so
import-twice = doppelt  { $name }, steht schon weiter oben
import-left = ausgelassen { $name }
skipped-unnamed = { $count ->
    [one] 1 Karte hat keinen Namen.
   *[other] { $count } Karten haben keinen Namen.
}
skipped-no-person = { $count ->
    [one] 1 Karte ist eine Liste oder ein Ding.
   *[other] { $count } Karten sind Listen oder Dinge.
}
skipped-large = { $count ->
    [one] 1 Karte ist zu groß.
   *[other] { $count } Karten sind zu groß.
}
skipped-unreadable = { $count ->
    [one] 1 Karte ist nicht lesbar.
   *[other] { $count } Karten sind nicht lesbar.
}
skipped-many = { $count ->
    [one] 1 Karte ist mehr, als hier Platz hat.
   *[other] { $count } Karten sind mehr, als hier Platz haben.
}
import-none = Niemand darin ist neu. Nichts wurde gespeichert.
import-ask = { $count ->
    [one] 1 Person als Kontakt speichern? Niemand erfährt davon, und nichts von der Karte verlässt dieses Gerät.
   *[other] { $count } Personen als Kontakte speichern? Niemand erfährt davon, und nichts von den Karten verlässt dieses Gerät.
}
hint-import = Wiederhole es mit --yes, um sie zu speichern, und mit --without NAME, um jemanden auszulassen.
import-done = { $count ->
    [one] 1 Kontakt ist gespeichert. 'kith invite NAME' macht die App.
   *[other] { $count } Kontakte sind gespeichert. 'kith invite NAME' macht die App für jeden.
}
error-card-file = { $file } ist nicht lesbar: { $why }.
hint-card-file = Nenne eine .vcf-Datei, die dieser Benutzer lesen darf.
error-address-book = Das Adressbuch auf dem Server lässt sich nicht lesen: { $why }.
hint-address-book = Prüfe [contacts.carddav] in config.toml, und ob der Server läuft. Er wird nach einer Weile wieder gefragt, und wenn du dies wiederholst.
reach-saved = gespeichert, noch nicht eingeladen
launcher-made = Der Starter ist { $path }. Er trägt den Namen und wirkt, solange Kith läuft.
launcher-removed = Es gibt keinen Starter mehr.

you = Du
message-reaction = { $from }: { $emoji }
quote = > { $from }: { $text } <
quote-gone = > (weg) <
reacted = Dein { $emoji } steht an dieser Nachricht.
reaction-gone = An dieser Nachricht steht nichts mehr von dir.
# Dateien
message-file = { $name } ({ $size }, { $state })
log-none = Noch wurde nichts geschrieben. „kith send CONTACT TEXT“ beginnt.
found-none = Nichts gefunden.
error-ids = Mehrere Nachrichten haben eine Kennung, die mit „{ $id }“ beginnt.
hint-ids = Gib mehr davon an: „kith log CONTACT --json“ zeigt ganze Kennungen.
files-none = Noch keine Dateien. „kith send CONTACT --file PATH“ sendet eine.
file-saved = { $path } ({ $size })
file-waiting = Wartet auf { $name }
file-state-mine = von hier gesendet
file-state-taken = sie haben sie
file-state-here = hier, geprüft
file-state-offered = nicht angefragt
file-state-waiting = wartet auf ihr Gerät
file-state-moving = kommt
file-state-paused = angehalten
file-state-cancelled = nicht gewollt
file-state-unchecked = konnte nicht geprüft werden, weggeworfen
file-state-no-room = kein Platz
file-state-gone = sie haben sie nicht mehr
file-state-removed = von diesem Gerät entfernt
file-state-held = von der anderen Seite angehalten
file-state-mine-paused = von dir angehalten
file-held = Angehalten von { $name }
storage-all = alles
storage-messages = Nachrichten
storage-sent = gesendet
storage-came = gekommen
storage-partly = halb hier
storage-other = anderes
storage-room = Frei auf diesem Datenträger: { $size }
free-ask-one = { $file } ({ $size }) von diesem Gerät entfernen? Die Nachricht bleibt. Du kannst die Datei wieder anfragen, solange das Gerät von { $name } sie behält, und nicht länger. [j/N]
free-ask = { $count ->
    [one] Eine Datei, die von { $name } kam ({ $size }), von diesem Gerät entfernen? Die Nachricht bleibt. Du kannst die Datei wieder anfragen, solange das Gerät von { $name } sie behält, und nicht länger. [j/N]
   *[other] { $count } Dateien, die von { $name } kamen ({ $size }), von diesem Gerät entfernen? Die Nachrichten bleiben. Du kannst die Dateien wieder anfragen, solange das Gerät von { $name } sie behält, und nicht länger. [j/N]
}
freed = { $count ->
    [one] Eine Datei wurde von diesem Gerät entfernt: { $size }.
   *[other] { $count } Dateien wurden von diesem Gerät entfernt: { $size }.
}
error-path = Dieser Pfad ist kein Text, der sich weitergeben lässt.
hint-path = Gib der Datei zuerst einen anderen Namen.
error-no-file = Hier gibt es keine Datei namens „{ $name }“.
hint-no-file = „kith files CONTACT“ zeigt die Dateien.
error-file-exists = Bei { $path } ist schon etwas.
hint-file-exists = Wähle mit -o einen anderen Ort, oder ersetze es mit --force.
error-file-unchecked = Die Datei konnte nicht geprüft werden. Sie wurde weggeworfen.
hint-file-unchecked = Derselbe Befehl fragt sie noch einmal an.
error-file-room = Auf diesem Datenträger ist kein Platz für die Datei.
hint-file-room = Schaffe Platz; derselbe Befehl macht weiter.
error-file-gone = Ihr Gerät hat die Datei nicht mehr.
hint-file-gone = Bitte darum, dass sie noch einmal gesendet wird.
error-file-stopped = Jemand hat es angehalten.
hint-file-stopped = Was kam, bleibt; derselbe Befehl macht weiter.
error-file-late = In der gegebenen Zeit kam nichts von der Datei.
error-file-deleted = Die Nachricht mit der Datei wurde gelöscht.
error-agent-left = Der Agent endete, bevor die Datei hier war.

# On the desktop, where a device is locked.
notification-locked = Eine Nachricht ist gekommen.
notification-unread = { $count ->
    [one] Eine Nachricht
   *[other] { $count } Nachrichten
}

# kith settings, lock, unlock and passphrase.
settings-no-name = Wer eingeladen wird, sieht keinen Namen von dir.
settings-name = Wer eingeladen wird, sieht deinen Namen: { $name }
settings-no-language = Seiten sprechen die Sprache des jeweiligen Browsers.
settings-language = Seiten sprechen: { $language }
settings-notifications-off = Auf dem Schreibtisch wird nichts gemeldet.
settings-notifications-names = Der Schreibtisch meldet, wer geschrieben hat, und nichts davon, was.
settings-notifications-texts = Der Schreibtisch meldet, wer geschrieben hat, und was.
settings-passphrase = Die Daten sind mit einer Passphrase geschützt.
settings-keyring = Der Schlüsselbund des Schreibtischs öffnet sie, wenn Kith startet; es fragt nicht.
settings-no-keyring = Kith fragt danach, wenn es startet.
settings-no-passphrase = Die Daten sind mit keiner Passphrase geschützt: Wer die Dateien dieses Benutzers lesen kann, kann alles lesen.
settings-lock-never = Das Gerät sperrt sich nie selbst; 'kith lock' sperrt es.
settings-lock-after = { $count ->
    [one] Das Gerät sperrt sich nach einer Minute, in der es niemand benutzt hat.
   *[other] Das Gerät sperrt sich nach { $count } Minuten, in denen es niemand benutzt hat.
}
locked = Gesperrt. Nachrichten kommen weiter an.
unlocked = Wieder offen.
passphrase-ask-old = Die jetzige Passphrase:{" "}
passphrase-ask-new = Die neue Passphrase:{" "}
passphrase-ask-repeat = Noch einmal:{" "}
passphrase-set = Die Daten sind mit dieser Passphrase geschützt. Kith fragt beim Start danach; niemand kann sie dir sagen.
passphrase-set-kept = Die Daten sind mit dieser Passphrase geschützt. Der Schlüsselbund des Schreibtischs öffnet sie, wenn Kith startet; niemand kann sie dir sagen.
keyring-kept = Ab jetzt öffnet der Schlüsselbund des Schreibtischs diese Daten, und Kith startet ohne zu fragen. Wer auf diesem Schreibtisch als du angemeldet ist, kann Kith dann starten und lesen; wer nur die Platte hat, kann es nicht, solange dein Anmeldepasswort hält. 'kith lock' öffnet nur die Passphrase: Vergiss sie nicht.
keyring-forgotten = Der Schlüsselbund des Schreibtischs hat nichts von diesen Daten. Kith fragt beim Start nach der Passphrase.
keyring-lost = Der Schlüsselbund des Schreibtischs hat nicht genommen, was er für die neue braucht; Kith fragt also beim Start. 'kith passphrase --keyring' versucht es noch einmal.
error-keyring-no-passphrase = Diese Daten sind mit keiner Passphrase geschützt; Kith startet ohnehin, ohne zu fragen.
hint-keyring-no-passphrase = Um eine zu setzen: 'kith passphrase'.
passphrase-removed = Die Passphrase ist weg: Wer die Dateien dieses Benutzers lesen kann, kann alles lesen.
error-passphrases-differ = Die beiden waren nicht gleich. Nichts wurde geändert.
hint-passphrases-differ = Tippe sie noch einmal, langsam.
error-no-passphrase = Es wurde keine Passphrase angegeben.
hint-no-passphrase = Tippe sie in einem Terminal, oder nenne eine Datei mit --passphrase-file.

# kith open --start, where nobody reads a terminal.
open-failed = Kith konnte das nicht öffnen

# kith export.
export-title = Nachrichten mit { $name }
exported = { $count } Nachrichten liegen in { $path }. Sie sind nicht versiegelt: Wer den Ordner hat, kann sie lesen.
backed-up = Die Sicherung ist { $path }, { $size }: Kontakte: { $contacts }, Dateien: { $files }. Sie öffnet sich nur mit ihrer Passphrase; bewahre beide auf, getrennt voneinander. Deine 24 Wörter sind nicht darin.
backup-left-out = Was mit { $name } gesagt wurde, war nicht lesbar und fehlt darin: siehe 'kith doctor { $name }'.
backup-ask = Eine Passphrase für die Sicherung:{" "}
backup-ask-restore = Die Passphrase der Sicherung:{" "}
restored-next = Alles ist da, wie es bei der Sicherung war. Um weiterzuschreiben, kopple dich neu mit jedem deiner Leute: 'kith invite NAME --again'.
export-missing = { $count ->
    [one] Eine Datei ist nicht auf diesem Gerät und fehlt. 'kith get' holt sie.
   *[other] { $count } Dateien sind nicht auf diesem Gerät und fehlen. 'kith get' holt sie.
}
error-export = Der Ordner { $path } ließ sich nicht schreiben: { $why }.
hint-export = Nichts davon ist geblieben. Schaffe Platz, oder nenne mit --output einen anderen Ort.
error-export-exists = Es gibt schon { $path }.
hint-export-exists = Nenne mit --output einen anderen Ordner.

# kith report.
report-intro = Sieh es durch, bevor du es jemandem schickst. Darin sind keine Namen und nichts von dem, was gesagt wurde.

# Angeheftetes und Nachrichten, die verschwinden.

message-pinned = angeheftet
message-disappears = verschwindet
message-leaves = verschwindet um { $time }
pin-set = Sie ist für euch beide angeheftet.
pin-taken = Sie ist nicht angeheftet.
no-pins = Nichts ist angeheftet.
timer-in-force = Es gilt: { $time }
timer-mine = Du: { $time }
timer-theirs = { $name }: { $time }
error-bad-time = So lange wie '{ $time }' kann keine Nachricht bleiben.
hint-bad-time = Gib eine Zahl mit s, m, h, d oder w an, etwa 5m, 1h, 1d oder 4w, oder 'off'.
