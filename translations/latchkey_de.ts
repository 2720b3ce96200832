<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- SPDX-FileCopyrightText: 2026 Latchkey contributors -->
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Activity</name>
    <message>
        <source>The token of %1 was handed out (%2).</source>
        <translation>Das Token von %1 wurde ausgegeben (%2).</translation>
    </message>
    <message>
        <source>The token of %1 went to %2 (%3).</source>
        <translation>Das Token von %1 ging an %2 (%3).</translation>
    </message>
</context>
<context>
    <name>CopyMenu</name>
    <message>
        <source>More formats</source>
        <translation>Weitere Formate</translation>
    </message>
    <message>
        <source>Edit own formats…</source>
        <translation>Eigene Formate bearbeiten …</translation>
    </message>
</context>
<context>
    <name>CopyText</name>
    <message>
        <source>Copy header value</source>
        <translation>Header-Wert kopieren</translation>
    </message>
    <message>
        <source>Copy token</source>
        <translation>Token kopieren</translation>
    </message>
    <message>
        <source>Copy header line</source>
        <translation>Header-Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy curl command</source>
        <translation>curl-Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
    <message>
        <source>Copy curl command for Windows</source>
        <translation>curl-Befehl für Windows kopieren</translation>
    </message>
    <message>
        <source>Copy PowerShell command</source>
        <translation>PowerShell-Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy HTTPie command</source>
        <translation>HTTPie-Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy wget command</source>
        <translation>wget-Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy .env lines</source>
        <translation>.env-Zeilen kopieren</translation>
    </message>
    <message>
        <source>Copy JSON</source>
        <translation>JSON kopieren</translation>
    </message>
    <message>
        <source>Copy Postman environment</source>
        <translation>Postman-Umgebung kopieren</translation>
    </message>
</context>
<context>
    <name>DesktopSessionEvents</name>
    <message>
        <source>Tokens are hidden before sleep.</source>
        <translation>Token werden vor dem Ruhezustand verborgen.</translation>
    </message>
</context>
<context>
    <name>DoctorFinding</name>
    <message>
        <source>accounts: %1</source>
        <translation>Konten: %1</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Bytes</translation>
    </message>
    <message>
        <source>by pasting only</source>
        <translation>nur durch Einfügen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>the same time</source>
        <translation>gleiche Zeit</translation>
    </message>
    <message>
        <source>%1 s ahead</source>
        <translation>%1 s vor</translation>
    </message>
    <message>
        <source>%1 s behind</source>
        <translation>%1 s nach</translation>
    </message>
    <message>
        <source>plain http</source>
        <translation>unverschlüsseltes http</translation>
    </message>
    <message>
        <source>Redirect URI</source>
        <translation>Redirect URI</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Browser</source>
        <translation>Browser</translation>
    </message>
    <message>
        <source>Secret store</source>
        <translation>Geheimnisspeicher</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Secure connection</source>
        <translation>Sichere Verbindung</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Latchkey can receive the browser&apos;s answer on %1.</source>
        <translation>Latchkey kann die Antwort des Browsers unter %1 empfangen.</translation>
    </message>
    <message>
        <source>%1 is free.</source>
        <translation>%1 ist frei.</translation>
    </message>
    <message>
        <source>The browser needs no program.</source>
        <translation>Für den Browser ist kein Programm nötig.</translation>
    </message>
    <message>
        <source>%1 was found.</source>
        <translation>%1 wurde gefunden.</translation>
    </message>
    <message>
        <source>%1 wrote, read and deleted a value of %2.</source>
        <translation>%1 hat einen Wert von %2 geschrieben, gelesen und gelöscht.</translation>
    </message>
    <message>
        <source>For %1: %2.</source>
        <translation>Für %1: %2.</translation>
    </message>
    <message>
        <source>%1 answers, and its certificate is trusted.</source>
        <translation>%1 antwortet, und dem Zertifikat wird vertraut.</translation>
    </message>
    <message>
        <source>Compared with %1: %2.</source>
        <translation>Verglichen mit %1: %2.</translation>
    </message>
    <message>
        <source>It can be read (%1).</source>
        <translation>Es ist lesbar (%1).</translation>
    </message>
    <message>
        <source>None is needed: no account signs in through it.</source>
        <translation>Es wird keiner gebraucht: Kein Konto meldet sich über ihn an.</translation>
    </message>
    <message>
        <source>%1 was not tried, since the certificate cannot be used.</source>
        <translation>%1 wurde nicht ausprobiert, weil das Zertifikat nicht benutzt werden kann.</translation>
    </message>
    <message>
        <source>%1 was not reached.</source>
        <translation>%1 wurde nicht erreicht.</translation>
    </message>
    <message>
        <source>%1 is on this computer itself and needs none.</source>
        <translation>%1 liegt auf diesem Computer selbst und braucht keine.</translation>
    </message>
    <message>
        <source>%1 did not tell the time.</source>
        <translation>%1 hat keine Uhrzeit genannt.</translation>
    </message>
    <message>
        <source>It was not checked.</source>
        <translation>Das wurde nicht geprüft.</translation>
    </message>
    <message>
        <source>Latchkey cannot receive the browser&apos;s answer on %1: it has to be pasted.</source>
        <translation>Latchkey kann die Antwort des Browsers unter %1 nicht empfangen: Sie muss eingefügt werden.</translation>
    </message>
    <message>
        <source>%1 is asked over plain http.</source>
        <translation>%1 wird über unverschlüsseltes http gefragt.</translation>
    </message>
    <message>
        <source>Compared with %1 this computer&apos;s clock is %2.</source>
        <translation>Verglichen mit %1 geht die Uhr dieses Computers %2.</translation>
    </message>
    <message>
        <source>Paste the address that the browser lands on, or register an address on this computer, such as http://127.0.0.1:53117/callback. For https://localhost add a certificate and its key.</source>
        <translation>Fügen Sie die Adresse ein, auf der der Browser landet, oder tragen Sie eine Adresse auf diesem Computer ein, etwa http://127.0.0.1:53117/callback. Für https://localhost ergänzen Sie ein Zertifikat und seinen Schlüssel.</translation>
    </message>
    <message>
        <source>Secret and token can be read on the network: use https if the host offers it.</source>
        <translation>Geheimnis und Token können im Netz mitgelesen werden: Benutzen Sie https, wenn der Host es anbietet.</translation>
    </message>
    <message>
        <source>Let the system set the clock from the network; until then lifetimes are shown wrong.</source>
        <translation>Lassen Sie das System die Uhr nach dem Netz stellen; bis dahin werden Lebensdauern falsch angezeigt.</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>bestanden</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
</context>
<context>
    <name>Duration</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 Tg. %2 h</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>vor %1 h</translation>
    </message>
    <message>
        <source>%1 d ago</source>
        <translation>vor %1 Tg.</translation>
    </message>
</context>
<context>
    <name>KeychainProcess</name>
    <message>
        <source>Latchkey cannot reach the keychain, because Qt runs without GLib&apos;s event loop. Start it again without QT_NO_GLIB in the environment.</source>
        <translation>Latchkey erreicht den Schlüsselbund nicht, weil Qt ohne die Ereignisschleife von GLib läuft. Starten Sie es neu, ohne QT_NO_GLIB in der Umgebung.</translation>
    </message>
</context>
<context>
    <name>Leftovers</name>
    <message numerus="yes">
        <source>The keychain still holds copies of %n account(s).</source>
        <translation>
            <numerusform>Der Schlüsselbund enthält noch Kopien von %n Konto.</numerusform>
            <numerusform>Der Schlüsselbund enthält noch Kopien von %n Konten.</numerusform>
        </translation>
    </message>
    <message>
        <source>The secrets are in the encrypted vault and the copies are not used any more, but programs that run as you can ask the keychain for them.</source>
        <translation>Die Geheimnisse sind im verschlüsselten Tresor, und die Kopien werden nicht mehr benutzt; Programme, die unter Ihrem Namen laufen, können sie aber vom Schlüsselbund erfragen.</translation>
    </message>
    <message>
        <source>Delete copies</source>
        <translation>Kopien löschen</translation>
    </message>
    <message>
        <source>Keep copies</source>
        <translation>Kopien behalten</translation>
    </message>
    <message>
        <source>It could not be deleted yet. Latchkey tries again when it starts.</source>
        <translation>Sie konnte noch nicht gelöscht werden. Latchkey versucht es beim nächsten Start erneut.</translation>
    </message>
    <message>
        <source>They could not be deleted yet. Latchkey tries again when it starts.</source>
        <translation>Sie konnten noch nicht gelöscht werden. Latchkey versucht es beim nächsten Start erneut.</translation>
    </message>
    <message>
        <source>The vault is still there.</source>
        <translation>Der Tresor ist noch da.</translation>
    </message>
    <message>
        <source>Delete vault</source>
        <translation>Tresor löschen</translation>
    </message>
    <message>
        <source>Keep vault</source>
        <translation>Tresor behalten</translation>
    </message>
    <message>
        <source>The secrets are in the keychain and the vault is not used any more, but anyone who has it and its passphrase can read them.</source>
        <translation>Die Geheimnisse sind im Schlüsselbund, und der Tresor wird nicht mehr benutzt; jeder, der ihn und seine Passphrase hat, kann sie aber lesen.</translation>
    </message>
</context>
<context>
    <name>ListenError</name>
    <message>
        <source>%1, process %2</source>
        <translation>%1, Prozess %2</translation>
    </message>
</context>
<context>
    <name>Moment</name>
    <message>
        <source>%1 d</source>
        <translation>%1 Tg.</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>gestern %1</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>heute %1</translation>
    </message>
    <message>
        <source>tomorrow %1</source>
        <translation>morgen %1</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <extracomment>A date with the month in letters, in the signs of QDate::toString(): &quot;3 May 2026&quot;</extracomment>
        <translation>d. MMM yyyy</translation>
    </message>
</context>
<context>
    <name>NextAct</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Neu anmelden</translation>
    </message>
    <message>
        <source>Edit account</source>
        <translation>Konto bearbeiten</translation>
    </message>
    <message>
        <source>Keep in memory</source>
        <translation>Im Speicher behalten</translation>
    </message>
    <message>
        <source>Unlock…</source>
        <translation>Entsperren …</translation>
    </message>
</context>
<context>
    <name>Note</name>
    <message>
        <source>The lifetime was no whole number and was rounded down.</source>
        <translation>Die Lebensdauer war keine ganze Zahl und wurde abgerundet.</translation>
    </message>
    <message>
        <source>The token had already expired when it came.</source>
        <translation>Das Token war bei der Ankunft schon abgelaufen.</translation>
    </message>
    <message>
        <source>The lifetime was capped at ten years.</source>
        <translation>Die Lebensdauer wurde auf zehn Jahre begrenzt.</translation>
    </message>
    <message>
        <source>The lifetime could not be read, so it counts as unknown.</source>
        <translation>Die Lebensdauer war nicht lesbar und gilt daher als unbekannt.</translation>
    </message>
    <message>
        <source>The answer named two lifetimes; the earlier end holds.</source>
        <translation>Die Antwort nannte zwei Lebensdauern; das frühere Ende gilt.</translation>
    </message>
    <message>
        <source>The answer was JSON, but did not call itself so.</source>
        <translation>Die Antwort war JSON, gab sich aber nicht als solches aus.</translation>
    </message>
    <message>
        <source>The answer&apos;s refresh token was empty; the former one is kept.</source>
        <translation>Das Refresh-Token der Antwort war leer; das bisherige wird behalten.</translation>
    </message>
    <message>
        <source>The token was granted for another scope than the one asked for.</source>
        <translation>Das Token wurde für einen anderen Scope erteilt als den angefragten.</translation>
    </message>
    <message>
        <source>The provider&apos;s clock and this computer&apos;s differ by more than two minutes.</source>
        <translation>Die Uhr des Anbieters und die dieses Computers weichen um mehr als zwei Minuten voneinander ab.</translation>
    </message>
    <message>
        <source>The token speaks for another user than the one before.</source>
        <translation>Das Token gilt für einen anderen Benutzer als das vorige.</translation>
    </message>
    <message>
        <source>The provider&apos;s answer was unusual.</source>
        <translation>Die Antwort des Anbieters war ungewöhnlich.</translation>
    </message>
</context>
<context>
    <name>Passphrase</name>
    <message>
        <source>The passphrase is too short: use at least %1 characters.</source>
        <translation>Die Passphrase ist zu kurz: Nehmen Sie mindestens %1 Zeichen.</translation>
    </message>
    <message>
        <source>The passphrase is too long: use at most %1 bytes.</source>
        <translation>Die Passphrase ist zu lang: Nehmen Sie höchstens %1 Bytes.</translation>
    </message>
    <message>
        <source>A forgotten passphrase cannot be recovered by anybody. Without it the vault&apos;s secrets are lost and have to be entered again.</source>
        <translation>Eine vergessene Passphrase kann niemand wiederherstellen. Ohne sie sind die Geheimnisse des Tresors verloren und müssen neu eingegeben werden.</translation>
    </message>
    <message>
        <source>The passphrase is not UTF-8 (byte %1): save its file as UTF-8, or enter it again.</source>
        <translation>Die Passphrase ist kein UTF-8 (Byte %1): Speichern Sie ihre Datei als UTF-8, oder geben Sie sie noch einmal ein.</translation>
    </message>
    <message>
        <source>The passphrase holds an invisible character, or a blank of an unusual kind: %1 at character %2. Use one line of visible text.</source>
        <translation>Die Passphrase enthält ein unsichtbares Zeichen oder ein ungewöhnliches Leerzeichen: %1 an Stelle %2. Verwenden Sie eine Zeile sichtbaren Textes.</translation>
    </message>
</context>
<context>
    <name>PrivateFolder</name>
    <message>
        <source>There is no home directory to keep the accounts in: HOME is not set. Set it, or name a folder with --profile.</source>
        <translation>Es gibt kein Home-Verzeichnis, in dem die Konten gespeichert werden können: HOME ist nicht gesetzt. Setzen Sie es, oder nennen Sie mit --profile einen Ordner.</translation>
    </message>
    <message>
        <source>The home directory %1 belongs to another user, so nothing is stored there. Start Latchkey as yourself, or name a folder with --profile.</source>
        <translation>Das Home-Verzeichnis %1 gehört einem anderen Benutzer, daher wird dort nichts gespeichert. Starten Sie Latchkey unter Ihrem eigenen Namen, oder nennen Sie mit --profile einen Ordner.</translation>
    </message>
    <message>
        <source>The folder %1 belongs to another user. Choose a folder of your own with --profile.</source>
        <translation>Der Ordner %1 gehört einem anderen Benutzer. Wählen Sie mit --profile einen eigenen Ordner.</translation>
    </message>
    <message>
        <source>%1 is a symbolic link, which could be pointed elsewhere. Name the real folder with --profile.</source>
        <translation>%1 ist ein symbolischer Link, der auf ein anderes Ziel gelenkt werden könnte. Nennen Sie mit --profile den wirklichen Ordner.</translation>
    </message>
    <message>
        <source>%1 is not a folder. Choose another one with --profile.</source>
        <translation>%1 ist kein Ordner. Wählen Sie mit --profile einen anderen.</translation>
    </message>
    <message>
        <source>Other users may write to the folder %1, so its contents cannot be trusted. Look into it, then make it yours alone with chmod 700, or choose another folder with --profile.</source>
        <translation>Andere Benutzer dürfen in den Ordner %1 schreiben, daher ist seinem Inhalt nicht zu trauen. Sehen Sie hinein, und machen Sie ihn dann mit chmod 700 zu Ihrem alleinigen, oder wählen Sie mit --profile einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be used (%2). Check the permissions of its parent folder, or choose another one with --profile.</source>
        <translation>Der Ordner %1 kann nicht benutzt werden (%2). Prüfen Sie die Rechte des übergeordneten Ordners, oder wählen Sie mit --profile einen anderen.</translation>
    </message>
    <message>
        <source>The name of the folder %1 is not text in UTF-8, so it cannot be used. Choose another one with --profile.</source>
        <translation>Der Name des Ordners %1 ist kein Text in UTF-8, daher kann der Ordner nicht verwendet werden. Wählen Sie mit --profile einen anderen.</translation>
    </message>
    <message>
        <source>Other users may write to the folder %1, so they can move or replace what you keep below it. Take that right from them (chmod go-w), or choose another folder.</source>
        <translation>Andere Benutzer dürfen in den Ordner %1 schreiben und können daher verschieben oder ersetzen, was Sie darunter aufbewahren. Entziehen Sie ihnen dieses Recht (chmod go-w), oder wählen Sie einen anderen Ordner.</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source> (status %1)</source>
        <translation> (Status %1)</translation>
    </message>
    <message>
        <source>Wait a few minutes, then try again.</source>
        <translation>Warten Sie einige Minuten, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Try again after %1.</source>
        <translation>Versuchen Sie es nach %1 Uhr erneut.</translation>
    </message>
    <message>
        <source>Try again; if it is refused again, sign in again. %1</source>
        <translation>Versuchen Sie es erneut; wird es wieder abgelehnt, melden Sie sich neu an. %1</translation>
    </message>
    <message>
        <source>Edit the account and enter its secrets again.</source>
        <translation>Bearbeiten Sie das Konto, und geben Sie seine Geheimnisse erneut ein.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>The new token could not be saved.</source>
        <translation>Das neue Token konnte nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>It is held in memory: quitting now loses it.</source>
        <translation>Es steht nur im Arbeitsspeicher: Wenn Sie jetzt beenden, geht es verloren.</translation>
    </message>
    <message>
        <source>Leave Latchkey open, put the keychain right and save again.</source>
        <translation>Lassen Sie Latchkey offen, bringen Sie den Schlüsselbund in Ordnung, und speichern Sie erneut.</translation>
    </message>
    <message>
        <source>The address of %1 was not found.</source>
        <translation>%1 wurde im Netz nicht gefunden.</translation>
    </message>
    <message>
        <source>There is no network, or the address is misspelt.</source>
        <translation>Es besteht keine Netzverbindung, oder die Adresse ist falsch geschrieben.</translation>
    </message>
    <message>
        <source>Check the network and the address of the account, then try again.</source>
        <translation>Prüfen Sie das Netz und die Adresse des Kontos, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>%1 refused the connection.</source>
        <translation>%1 hat die Verbindung abgelehnt.</translation>
    </message>
    <message>
        <source>Nothing answers at that address and port.</source>
        <translation>Unter dieser Adresse und diesem Port antwortet niemand.</translation>
    </message>
    <message>
        <source>Check the address of the account, or try again later.</source>
        <translation>Prüfen Sie die Adresse des Kontos, oder versuchen Sie es später erneut.</translation>
    </message>
    <message>
        <source>The connection to the provider failed.</source>
        <translation>Die Verbindung zum Anbieter ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Check the network, then try again.</source>
        <translation>Prüfen Sie das Netz, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>No secure connection to the provider could be made.</source>
        <translation>Es kam keine sichere Verbindung zum Anbieter zustande.</translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation>%1 hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>Try again; if it goes on, check the network and the proxy in the settings.</source>
        <translation>Versuchen Sie es erneut; hält es an, prüfen Sie das Netz und den Proxy in den Einstellungen.</translation>
    </message>
    <message>
        <source>The proxy could not be used.</source>
        <translation>Der Proxy konnte nicht benutzt werden.</translation>
    </message>
    <message>
        <source>The proxy %1 could not be used.</source>
        <translation>Der Proxy %1 konnte nicht benutzt werden.</translation>
    </message>
    <message>
        <source>%1 broke off before the answer was complete.</source>
        <translation>%1 hat die Verbindung abgebrochen, bevor die Antwort vollständig war.</translation>
    </message>
    <message>
        <source>The request was sent, so it may or may not have been carried out.</source>
        <translation>Die Anfrage wurde gesendet; ob sie ausgeführt wurde, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Try again; if that is refused, sign in again.</source>
        <translation>Versuchen Sie es erneut; wird das abgelehnt, melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The answer of %1 was too large and was dropped.</source>
        <translation>%1 hat eine zu große Antwort geschickt; sie wurde verworfen.</translation>
    </message>
    <message>
        <source>An answer with a token is small, so this is probably another page.</source>
        <translation>Eine Antwort mit einem Token ist klein; dies ist also wahrscheinlich eine andere Seite.</translation>
    </message>
    <message>
        <source>Check the address of the account.</source>
        <translation>Prüfen Sie die Adresse des Kontos.</translation>
    </message>
    <message>
        <source>%1 answered, but not with a token.</source>
        <translation>%1 hat geantwortet, aber nicht mit einem Token.</translation>
    </message>
    <message>
        <source>Check the address of the account, and whether the network wants you to log in on a page of its own; then try again.</source>
        <translation>Prüfen Sie die Adresse des Kontos und ob das Netz eine Anmeldung auf einer eigenen Seite verlangt; versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>%1 points to another address.</source>
        <translation>%1 verweist auf eine andere Adresse.</translation>
    </message>
    <message>
        <source>%1 points to another address: %2.</source>
        <translation>%1 verweist auf eine andere Adresse: %2.</translation>
    </message>
    <message>
        <source>Nothing was sent there: secrets never follow a redirection.</source>
        <translation>Dorthin wurde nichts gesendet: Geheimnisse folgen nie einer Weiterleitung.</translation>
    </message>
    <message>
        <source>If that host is the right one, enter it as the address of the account.</source>
        <translation>Wenn dieser Host der richtige ist, geben Sie ihn als Adresse des Kontos ein.</translation>
    </message>
    <message>
        <source>%1 has a problem of its own%2.</source>
        <translation>%1 hat selbst eine Störung%2.</translation>
    </message>
    <message>
        <source>%1 takes no more requests for now.</source>
        <translation>%1 nimmt vorerst keine Anfragen mehr an.</translation>
    </message>
    <message>
        <source>%1 refused the request%2.</source>
        <translation>%1 hat die Anfrage abgelehnt%2.</translation>
    </message>
    <message>
        <source>%1 found something missing or wrong in the request.</source>
        <translation>%1 meldet, dass in der Anfrage etwas fehlt oder falsch ist.</translation>
    </message>
    <message>
        <source>%1 refused the client ID or its secret.</source>
        <translation>%1 hat die Client-ID oder ihr Geheimnis abgelehnt.</translation>
    </message>
    <message>
        <source>%1 refused the ID or the secret.</source>
        <translation>%1 hat die ID oder das Geheimnis abgelehnt.</translation>
    </message>
    <message>
        <source>%1 no longer accepts this sign-in.</source>
        <translation>%1 nimmt diese Anmeldung nicht mehr an.</translation>
    </message>
    <message>
        <source>A code works once, and a sign-in ends when it is revoked, replaced or too old.</source>
        <translation>Ein Code gilt nur einmal, und eine Anmeldung endet, wenn sie widerrufen, ersetzt oder zu alt wird.</translation>
    </message>
    <message>
        <source>%1 does not let this client ask for a token in this way.</source>
        <translation>%1 erlaubt diesem Client nicht, auf diesem Weg ein Token anzufordern.</translation>
    </message>
    <message>
        <source>Ask the provider&apos;s administrator to allow it, or use another client.</source>
        <translation>Bitten Sie den Administrator beim Anbieter, es zu erlauben, oder benutzen Sie einen anderen Client.</translation>
    </message>
    <message>
        <source>%1 does not offer this way of getting a token.</source>
        <translation>%1 bietet diesen Weg zu einem Token nicht an.</translation>
    </message>
    <message>
        <source>Check that the address and the vendor of the account are the right ones.</source>
        <translation>Prüfen Sie, ob Adresse und Anbieter des Kontos die richtigen sind.</translation>
    </message>
    <message>
        <source>%1 refused the scope.</source>
        <translation>%1 hat den Scope abgelehnt.</translation>
    </message>
    <message>
        <source>Check the scope of the account, and what its user may do.</source>
        <translation>Prüfen Sie den Scope des Kontos und die Rechte seines Benutzers.</translation>
    </message>
    <message>
        <source>%1 refused the request.</source>
        <translation>%1 hat die Anfrage abgelehnt.</translation>
    </message>
    <message>
        <source>%1 refused the request: %2.</source>
        <translation>%1 hat die Anfrage abgelehnt: %2.</translation>
    </message>
    <message>
        <source>The new token had already expired when it came.</source>
        <translation>Das neue Token war bei der Ankunft schon abgelaufen.</translation>
    </message>
    <message>
        <source>The clock of this computer is wrong, or the lifetime set at the provider is too short.</source>
        <translation>Die Uhr dieses Computers geht falsch, oder die beim Anbieter eingestellte Lebensdauer ist zu kurz.</translation>
    </message>
    <message>
        <source>Check the clock, then try again.</source>
        <translation>Prüfen Sie die Uhr, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>This account needs you to sign in.</source>
        <translation>Für dieses Konto müssen Sie sich anmelden.</translation>
    </message>
    <message>
        <source>Sign in.</source>
        <translation>Melden Sie sich an.</translation>
    </message>
    <message>
        <source>The sign-in was not finished within five minutes.</source>
        <translation>Die Anmeldung wurde nicht innerhalb von fünf Minuten abgeschlossen.</translation>
    </message>
    <message>
        <source>Sign in again; the browser then opens a new page.</source>
        <translation>Melden Sie sich neu an; der Browser öffnet dann eine neue Seite.</translation>
    </message>
    <message>
        <source>The sign-in was cancelled.</source>
        <translation>Die Anmeldung wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Sign in whenever you like.</source>
        <translation>Sie können sich jederzeit neu anmelden.</translation>
    </message>
    <message>
        <source>Access was declined in the browser.</source>
        <translation>Der Zugriff wurde im Browser verweigert.</translation>
    </message>
    <message>
        <source>Sign in again and allow it, or sign in as another user.</source>
        <translation>Melden Sie sich neu an, und erlauben Sie den Zugriff, oder melden Sie sich als anderer Benutzer an.</translation>
    </message>
    <message>
        <source>The browser came back without a code that can be used.</source>
        <translation>Der Browser kam ohne einen brauchbaren Code zurück.</translation>
    </message>
    <message>
        <source>Sign in again; if it goes on, compare the redirect URI with the registered one.</source>
        <translation>Melden Sie sich neu an; hält es an, vergleichen Sie die Redirect URI mit der eingetragenen.</translation>
    </message>
    <message>
        <source>The code from the browser was not used.</source>
        <translation>Der Code aus dem Browser wurde nicht benutzt.</translation>
    </message>
    <message>
        <source>You said that it was not yours.</source>
        <translation>Sie haben angegeben, dass es nicht Ihrer war.</translation>
    </message>
    <message>
        <source>Sign in again when you expect one.</source>
        <translation>Melden Sie sich neu an, wenn Sie einen erwarten.</translation>
    </message>
    <message>
        <source>Another program uses the port of the redirect URI.</source>
        <translation>Ein anderes Programm benutzt den Port der Redirect URI.</translation>
    </message>
    <message>
        <source>Another program uses %1.</source>
        <translation>Ein anderes Programm benutzt %1.</translation>
    </message>
    <message>
        <source>The browser&apos;s answer would go to that program.</source>
        <translation>Die Antwort des Browsers ginge an dieses Programm.</translation>
    </message>
    <message>
        <source>Close that program and sign in again, or register a redirect URI with another port.</source>
        <translation>Schließen Sie dieses Programm, und melden Sie sich neu an, oder tragen Sie eine Redirect URI mit einem anderen Port ein.</translation>
    </message>
    <message>
        <source>Latchkey cannot receive the browser&apos;s answer on this redirect URI.</source>
        <translation>Latchkey kann die Antwort des Browsers unter dieser Redirect URI nicht empfangen.</translation>
    </message>
    <message>
        <source>Check the redirect URI, and for https the certificate and its key.</source>
        <translation>Prüfen Sie die Redirect URI und bei https das Zertifikat und seinen Schlüssel.</translation>
    </message>
    <message>
        <source>No browser could be started.</source>
        <translation>Es konnte kein Browser gestartet werden.</translation>
    </message>
    <message>
        <source>The browser %1 could not be started.</source>
        <translation>Der Browser %1 konnte nicht gestartet werden.</translation>
    </message>
    <message>
        <source>Copy the link into a browser by hand, or choose another browser in the settings.</source>
        <translation>Kopieren Sie den Link von Hand in einen Browser, oder wählen Sie in den Einstellungen einen anderen Browser.</translation>
    </message>
    <message>
        <source>The address must not be used.</source>
        <translation>Diese Adresse darf nicht benutzt werden.</translation>
    </message>
    <message>
        <source>Only https, or http on this computer itself, keeps secrets from being read.</source>
        <translation>Nur https, oder http auf diesem Computer selbst, schützt Geheimnisse vor dem Mitlesen.</translation>
    </message>
    <message>
        <source>Correct the address in the account.</source>
        <translation>Berichtigen Sie die Adresse im Konto.</translation>
    </message>
    <message>
        <source>What was pasted is neither the address the browser landed on nor a code.</source>
        <translation>Das Eingefügte ist weder die Adresse, auf der der Browser gelandet ist, noch ein Code.</translation>
    </message>
    <message>
        <source>Copy the whole address from the browser&apos;s address bar and paste it again.</source>
        <translation>Kopieren Sie die ganze Adresse aus der Adresszeile des Browsers, und fügen Sie sie erneut ein.</translation>
    </message>
    <message>
        <source>This answer belongs to another sign-in.</source>
        <translation>Diese Antwort gehört zu einer anderen Anmeldung.</translation>
    </message>
    <message>
        <source>It lacks the state that was sent with this one.</source>
        <translation>Ihr fehlt der „state“, der mit dieser Anmeldung gesendet wurde.</translation>
    </message>
    <message>
        <source>Paste the address from the page that this sign-in opened, or sign in again.</source>
        <translation>Fügen Sie die Adresse der Seite ein, die diese Anmeldung geöffnet hat, oder melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>The keychain cannot be reached.</source>
        <translation>Der Schlüsselbund ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Latchkey runs without a session bus (D-Bus).</source>
        <translation>Latchkey läuft ohne Sitzungsbus (D-Bus).</translation>
    </message>
    <message>
        <source>There is no keychain.</source>
        <translation>Es gibt keinen Schlüsselbund.</translation>
    </message>
    <message>
        <source>No program in this session offers to keep secrets.</source>
        <translation>Kein Programm in dieser Sitzung bietet an, Geheimnisse aufzubewahren.</translation>
    </message>
    <message>
        <source>The keychain has no place for new secrets.</source>
        <translation>Der Schlüsselbund hat keinen Platz für neue Geheimnisse.</translation>
    </message>
    <message>
        <source>No keyring is set as the default one.</source>
        <translation>Es ist kein Schlüsselbund als Standard festgelegt.</translation>
    </message>
    <message>
        <source>The keychain is locked.</source>
        <translation>Der Schlüsselbund ist gesperrt.</translation>
    </message>
    <message>
        <source>Unlock the keychain, then try again.</source>
        <translation>Entsperren Sie den Schlüsselbund, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>The keychain stayed locked, because its prompt was closed.</source>
        <translation>Der Schlüsselbund blieb gesperrt, weil seine Abfrage geschlossen wurde.</translation>
    </message>
    <message>
        <source>Try again and enter the keychain&apos;s password.</source>
        <translation>Versuchen Sie es erneut, und geben Sie das Passwort des Schlüsselbunds ein.</translation>
    </message>
    <message>
        <source>The keychain holds no secrets for this account.</source>
        <translation>Der Schlüsselbund enthält keine Geheimnisse für dieses Konto.</translation>
    </message>
    <message>
        <source>They were removed there, or the profile comes from another computer.</source>
        <translation>Sie wurden dort entfernt, oder das Profil stammt von einem anderen Computer.</translation>
    </message>
    <message>
        <source>The keychain denied access.</source>
        <translation>Der Schlüsselbund hat den Zugriff verweigert.</translation>
    </message>
    <message>
        <source>Allow Latchkey to use the keychain, then try again.</source>
        <translation>Erlauben Sie Latchkey, den Schlüsselbund zu benutzen, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>The keychain did not answer in time.</source>
        <translation>Der Schlüsselbund hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>Look for an open prompt of the keychain, then try again.</source>
        <translation>Suchen Sie nach einer offenen Abfrage des Schlüsselbunds, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>The keychain reported an error.</source>
        <translation>Der Schlüsselbund hat einen Fehler gemeldet.</translation>
    </message>
    <message>
        <source>Try again; if it goes on, restart the keychain or keep the secrets in memory for this run.</source>
        <translation>Versuchen Sie es erneut; hält es an, starten Sie den Schlüsselbund neu, oder behalten Sie die Geheimnisse für diese Sitzung im Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>The secrets of this account are too large for the keychain.</source>
        <translation>Die Geheimnisse dieses Kontos sind zu groß für den Schlüsselbund.</translation>
    </message>
    <message>
        <source>What was stored before is untouched.</source>
        <translation>Was bisher gespeichert war, ist unverändert.</translation>
    </message>
    <message>
        <source>Check the secrets of the account.</source>
        <translation>Prüfen Sie die Geheimnisse des Kontos.</translation>
    </message>
    <message>
        <source>A secret of this account holds a character that the keychain cannot keep.</source>
        <translation>Ein Geheimnis dieses Kontos enthält ein Zeichen, das der Schlüsselbund nicht speichern kann.</translation>
    </message>
    <message>
        <source>Edit the account and enter the secret again.</source>
        <translation>Bearbeiten Sie das Konto, und geben Sie das Geheimnis erneut ein.</translation>
    </message>
    <message>
        <source>Another keychain answers than the one this profile began with.</source>
        <translation>Es antwortet ein anderer Schlüsselbund als der, mit dem dieses Profil angelegt wurde.</translation>
    </message>
    <message>
        <source>The change: %1.</source>
        <translation>Die Änderung: %1.</translation>
    </message>
    <message>
        <source>Start the former keychain again, or keep the secrets in memory for this run.</source>
        <translation>Starten Sie den früheren Schlüsselbund wieder, oder behalten Sie die Geheimnisse für diese Sitzung im Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>The secrets of this account are gone.</source>
        <translation>Die Geheimnisse dieses Kontos sind nicht mehr vorhanden.</translation>
    </message>
    <message>
        <source>They were kept in memory for a run that is over.</source>
        <translation>Sie standen nur im Arbeitsspeicher, und diese Sitzung ist beendet.</translation>
    </message>
    <message>
        <source>The profile could not be read or written.</source>
        <translation>Das Profil konnte nicht gelesen oder geschrieben werden.</translation>
    </message>
    <message>
        <source>Check the profile&apos;s folder and its permissions, then try again.</source>
        <translation>Prüfen Sie den Ordner des Profils und seine Rechte, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>The profile cannot be changed.</source>
        <translation>Das Profil kann nicht geändert werden.</translation>
    </message>
    <message>
        <source>Give yourself the right to write in its folder, or choose another folder with --profile.</source>
        <translation>Geben Sie sich Schreibrecht in seinem Ordner, oder wählen Sie mit --profile einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The disk that holds the profile is full.</source>
        <translation>Der Datenträger mit dem Profil ist voll.</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>Schaffen Sie Platz, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Update Latchkey, or choose another folder with --profile.</source>
        <translation>Bringen Sie Latchkey auf den neuesten Stand, oder wählen Sie mit --profile einen anderen Ordner.</translation>
    </message>
    <message>
        <source>This account does not exist any more.</source>
        <translation>Dieses Konto gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Choose another one, or add it again.</source>
        <translation>Wählen Sie ein anderes, oder fügen Sie es wieder hinzu.</translation>
    </message>
    <message>
        <source>A field of the account holds a value that cannot be used.</source>
        <translation>Ein Feld des Kontos enthält einen unbrauchbaren Wert.</translation>
    </message>
    <message>
        <source>The field “%1” holds a value that cannot be used.</source>
        <translation>Das Feld „%1“ enthält einen unbrauchbaren Wert.</translation>
    </message>
    <message>
        <source>Edit the account and correct it.</source>
        <translation>Bearbeiten Sie das Konto, und berichtigen Sie ihn.</translation>
    </message>
    <message>
        <source>Another account has this name already.</source>
        <translation>Ein anderes Konto hat schon diesen Namen.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>This account is being refreshed already.</source>
        <translation>Dieses Konto wird bereits aktualisiert.</translation>
    </message>
    <message>
        <source>Another window or program of yours is at it, and has not finished in time.</source>
        <translation>Ein anderes Fenster oder Programm von Ihnen ist damit beschäftigt und wurde nicht rechtzeitig fertig.</translation>
    </message>
    <message>
        <source>Wait a moment, then try again.</source>
        <translation>Warten Sie einen Moment, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>Es wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Try again whenever you like.</source>
        <translation>Sie können es jederzeit erneut versuchen.</translation>
    </message>
    <message>
        <source>The vault is locked.</source>
        <translation>Der Tresor ist gesperrt.</translation>
    </message>
    <message>
        <source>Enter its passphrase, then try again.</source>
        <translation>Geben Sie ihre Passphrase ein, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>The vault did not open.</source>
        <translation>Der Tresor ging nicht auf.</translation>
    </message>
    <message>
        <source>Try again; capital letters count.</source>
        <translation>Versuchen Sie es erneut; Groß- und Kleinschreibung zählt.</translation>
    </message>
    <message>
        <source>The vault could not be read or written.</source>
        <translation>Der Tresor konnte nicht gelesen oder geschrieben werden.</translation>
    </message>
    <message>
        <source>Reason: %1.</source>
        <translation>Grund: %1.</translation>
    </message>
    <message>
        <source>The token would go to %1.</source>
        <translation>Das Token ginge an %1.</translation>
    </message>
    <message>
        <source>Allow this host if it is meant, or change the account&apos;s test address.</source>
        <translation>Erlauben Sie diesen Host, wenn er gemeint ist, oder ändern Sie die Testadresse des Kontos.</translation>
    </message>
    <message>
        <source>There is nothing to try the token with.</source>
        <translation>Es gibt nichts, womit das Token zu erproben wäre.</translation>
    </message>
    <message>
        <source>The vendor names no harmless request, and the account has no test address.</source>
        <translation>Der Anbieter nennt keine harmlose Anfrage, und das Konto hat keine Testadresse.</translation>
    </message>
    <message>
        <source>Enter a test address in the account.</source>
        <translation>Geben Sie im Konto eine Testadresse ein.</translation>
    </message>
    <message>
        <source>A secret of this account was never entered.</source>
        <translation>Ein Geheimnis dieses Kontos wurde nie eingegeben.</translation>
    </message>
    <message>
        <source>The account came from a template, or was added without it.</source>
        <translation>Das Konto kam aus einer Vorlage oder wurde ohne dieses hinzugefügt.</translation>
    </message>
    <message>
        <source>Edit the account and enter what is missing.</source>
        <translation>Bearbeiten Sie das Konto, und geben Sie ein, was fehlt.</translation>
    </message>
    <message>
        <source>There is such a file already.</source>
        <translation>Eine solche Datei gibt es schon.</translation>
    </message>
    <message>
        <source>There is a file already: %1.</source>
        <translation>Es gibt schon eine Datei: %1.</translation>
    </message>
    <message>
        <source>Choose another name, or allow replacing it.</source>
        <translation>Wählen Sie einen anderen Namen, oder erlauben Sie, sie zu ersetzen.</translation>
    </message>
    <message>
        <source>The file is not one that Latchkey understands.</source>
        <translation>Diese Datei versteht Latchkey nicht.</translation>
    </message>
    <message>
        <source>Choose a file that Latchkey exported.</source>
        <translation>Wählen Sie eine Datei, die Latchkey exportiert hat.</translation>
    </message>
    <message>
        <source>The file could not be read or written.</source>
        <translation>Die Datei konnte nicht gelesen oder geschrieben werden.</translation>
    </message>
    <message>
        <source>Check the folder, its permissions and the space on the disk, then try again.</source>
        <translation>Prüfen Sie den Ordner, seine Rechte und den Platz auf dem Datenträger, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Start Latchkey within a desktop session, or keep the secrets in an encrypted vault or in memory for this run.</source>
        <translation>Starten Sie Latchkey in einer Desktop-Sitzung, oder behalten Sie die Geheimnisse in einem verschlüsselten Tresor oder für diese Sitzung im Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Install and start gnome-keyring, KWallet or KeePassXC, or keep the secrets in an encrypted vault or in memory for this run.</source>
        <translation>Installieren und starten Sie gnome-keyring, KWallet oder KeePassXC, oder behalten Sie die Geheimnisse in einem verschlüsselten Tresor oder für diese Sitzung im Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Create a default keyring, for instance with Passwords and Keys (seahorse), or keep the secrets in an encrypted vault or in memory for this run.</source>
        <translation>Legen Sie einen Standard-Schlüsselbund an, zum Beispiel mit „Passwörter und Verschlüsselung“ (seahorse), oder behalten Sie die Geheimnisse in einem verschlüsselten Tresor oder für diese Sitzung im Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>The secrets of &quot;%1&quot; are kept in memory alone, so they cannot be moved.</source>
        <translation>Die Geheimnisse von „%1“ stehen nur im Arbeitsspeicher und lassen sich daher nicht verschieben.</translation>
    </message>
    <message>
        <source>Remove that account, or save its secrets in the keychain first, then try again.</source>
        <translation>Entfernen Sie dieses Konto, oder speichern Sie zuerst seine Geheimnisse im Schlüsselbund, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>What you changed since then is lost: an account added since is missing (its secrets stay in the secret store), and one removed since is back without them.</source>
        <translation>Was Sie seither geändert haben, ist verloren: Ein seither hinzugefügtes Konto fehlt (seine Geheimnisse bleiben im Geheimnisspeicher), und ein seither entferntes ist ohne sie wieder da.</translation>
    </message>
    <message>
        <source>The profile was gone, so its last good backup is in use, made %1.</source>
        <translation>Das Profil war weg; daher wird seine letzte gute Sicherung benutzt. Ihr Stand: %1.</translation>
    </message>
    <message>
        <source>Look through the accounts; sign in again, or enter a secret again, where one asks for it.</source>
        <translation>Sehen Sie die Konten durch; melden Sie sich neu an, oder geben Sie ein Geheimnis erneut ein, wo eines danach verlangt.</translation>
    </message>
    <message>
        <source>The profile was damaged, so its last good backup is in use, made %1.</source>
        <translation>Das Profil war beschädigt; daher wird seine letzte gute Sicherung benutzt. Ihr Stand: %1.</translation>
    </message>
    <message>
        <source>The damaged file is kept: %1.</source>
        <translation>Die beschädigte Datei wird aufbewahrt: %1.</translation>
    </message>
    <message>
        <source>Look through the accounts; sign in again, or enter a secret again, where one asks for it. Then delete the damaged file, and this is not said any more.</source>
        <translation>Sehen Sie die Konten durch; melden Sie sich neu an, oder geben Sie ein Geheimnis erneut ein, wo eines danach verlangt. Löschen Sie dann die beschädigte Datei, und dieser Hinweis erscheint nicht mehr.</translation>
    </message>
    <message>
        <source>The profile was written by a newer Latchkey (its format is version %1).</source>
        <translation>Das Profil wurde von einem neueren Latchkey geschrieben (sein Format hat die Version %1).</translation>
    </message>
    <message>
        <source>It was left as it is.</source>
        <translation>Es wurde gelassen, wie es ist.</translation>
    </message>
    <message>
        <source>The profile is damaged, and there is no backup of it to fall back on.</source>
        <translation>Das Profil ist beschädigt, und es gibt keine Sicherung, auf die zurückgegriffen werden kann.</translation>
    </message>
    <message>
        <source>Copies were kept, because they may be the last ones.</source>
        <translation>Kopien wurden behalten, weil sie die letzten sein könnten.</translation>
    </message>
    <message>
        <source>The place in use holds no secrets for: %1.</source>
        <translation>Der benutzte Ort enthält keine Geheimnisse für: %1.</translation>
    </message>
    <message>
        <source>Move the secrets back to where the copies are, or remove these accounts.</source>
        <translation>Verschieben Sie die Geheimnisse zurück an den Ort der Kopien, oder entfernen Sie diese Konten.</translation>
    </message>
    <message>
        <source>The vault was written by a newer Latchkey (its format is version %1).</source>
        <translation>Der Tresor wurde von einem neueren Latchkey geschrieben (Format Version %1).</translation>
    </message>
    <message>
        <source>Update Latchkey.</source>
        <translation>Aktualisieren Sie Latchkey.</translation>
    </message>
    <message>
        <source>Put the newest of your backups in its place, then try again.</source>
        <translation>Legen Sie Ihre neueste Sicherung an seine Stelle und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>There is not enough memory to open the vault.</source>
        <translation>Der Speicher reicht nicht, um den Tresor zu öffnen.</translation>
    </message>
    <message>
        <source>Its passphrase needs %1 for a moment.</source>
        <translation>Seine Passphrase braucht kurz %1.</translation>
    </message>
    <message>
        <source>Close other programs, or raise the limit that this one was given, then try again.</source>
        <translation>Schließen Sie andere Programme oder heben Sie die Grenze an, die diesem gesetzt ist, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The vault holds no secrets for this account.</source>
        <translation>Der Tresor enthält keine Geheimnisse für dieses Konto.</translation>
    </message>
    <message>
        <source>Another program holds the profile.</source>
        <translation>Ein anderes Programm hält das Profil gesperrt.</translation>
    </message>
    <message>
        <source>Close what has the profile&apos;s file open, then try again.</source>
        <translation>Schließen Sie, was die Datei des Profils geöffnet hat, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>No new token was asked for, since it could not be saved.</source>
        <translation>Es wurde kein neues Token angefordert, da es nicht gespeichert werden könnte.</translation>
    </message>
    <message>
        <source>The last new token of this account could not be saved.</source>
        <translation>Das letzte neue Token dieses Kontos konnte nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>What is stored was used up to obtain it, so it was not sent again.</source>
        <translation>Was gespeichert ist, wurde dafür verbraucht und deshalb nicht noch einmal gesendet.</translation>
    </message>
    <message>
        <source>Sign in again, or save it where another Latchkey still holds it. If you try again, what is stored is sent once more; the provider may then end the session.</source>
        <translation>Melden Sie sich neu an, oder speichern Sie es dort, wo ein anderes Latchkey es noch hält. Wenn Sie es noch einmal versuchen, wird das Gespeicherte noch einmal gesendet; der Anbieter kann die Sitzung dann beenden.</translation>
    </message>
    <message>
        <source>Try again in %1.</source>
        <translation>Versuchen Sie es in %1 erneut.</translation>
    </message>
    <message>
        <source>The secrets of this account were entered for another address, so nothing was sent.</source>
        <translation>Die Geheimnisse dieses Kontos wurden für eine andere Adresse eingegeben, deshalb wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>They belong to: %1. The account now says: %2.</source>
        <translation>Sie gehören zu: %1. Das Konto nennt jetzt: %2.</translation>
    </message>
    <message>
        <source>The program that reads this form would take a part of &quot;%1&quot; for a template of its own.</source>
        <translation>Das Programm, das diese Form liest, würde einen Teil von „%1“ für eine eigene Vorlage halten.</translation>
    </message>
    <message>
        <source>It would fill in another value or run code, and the form cannot say that it is plain text.</source>
        <translation>Es würde einen anderen Wert einsetzen oder Code ausführen, und in dieser Form lässt sich nicht sagen, dass es reiner Text ist.</translation>
    </message>
    <message>
        <source>Choose another form: JSON and the curl command take every token.</source>
        <translation>Wählen Sie eine andere Form: JSON und der curl-Befehl nehmen jedes Token.</translation>
    </message>
    <message>
        <source>“%1”, an account at another host, has the same redirect URI.</source>
        <translation>„%1“, ein Konto bei einem anderen Host, hat dieselbe Redirect URI.</translation>
    </message>
    <message>
        <source>Give the account a redirect URI with a path of its own, or allow it to share this one.</source>
        <translation>Geben Sie dem Konto eine Redirect URI mit eigenem Pfad, oder erlauben Sie ihm, diese zu teilen.</translation>
    </message>
    <message>
        <source>%1 answered in a form that Latchkey does not read.</source>
        <translation>%1 hat in einer Form geantwortet, die Latchkey nicht liest.</translation>
    </message>
    <message>
        <source>Set the user and the password in the environment: https_proxy=http://USER:PASSWORD@HOST:PORT. Latchkey logs in the Basic way only; for a proxy that wants NTLM or Kerberos run a local helper that logs in for you.</source>
        <translation>Geben Sie Benutzer und Passwort in der Umgebung an: https_proxy=http://BENUTZER:PASSWORT@HOST:PORT. Latchkey meldet sich nur mit Basic an; verlangt der Proxy NTLM oder Kerberos, verwenden Sie ein lokales Hilfsprogramm, das sich für Sie anmeldet.</translation>
    </message>
    <message>
        <source>The proxy at %1 asks for a password.</source>
        <translation>Der Proxy %1 verlangt ein Passwort.</translation>
    </message>
    <message>
        <source>None is set, so nothing was passed on.</source>
        <translation>Es ist keines eingestellt, darum wurde nichts weitergeleitet.</translation>
    </message>
    <message>
        <source>The proxy at %1 asks for a password it did not accept.</source>
        <translation>Der Proxy %1 verlangt ein Passwort und hat das eingestellte nicht angenommen.</translation>
    </message>
    <message>
        <source>The password that is set is wrong, or the proxy wants another way of logging in.</source>
        <translation>Das eingestellte Passwort ist falsch, oder der Proxy verlangt eine andere Art der Anmeldung.</translation>
    </message>
    <message>
        <source>The environment variable %1 does not name a proxy that Latchkey can use.</source>
        <translation>Die Umgebungsvariable %1 nennt keinen Proxy, den Latchkey verwenden kann.</translation>
    </message>
    <message>
        <source>Nothing was sent. Latchkey can use http:// and socks5:// proxies.</source>
        <translation>Es wurde nichts gesendet. Latchkey kann Proxys mit http:// und socks5:// verwenden.</translation>
    </message>
    <message>
        <source>Correct it, for example to http://proxy.example.com:3128, or choose a proxy in the settings.</source>
        <translation>Berichtigen Sie sie, zum Beispiel zu http://proxy.example.com:3128, oder wählen Sie einen Proxy in den Einstellungen.</translation>
    </message>
    <message>
        <source>It does not answer, or refuses to pass the request on.</source>
        <translation>Er antwortet nicht oder leitet die Anfrage nicht weiter.</translation>
    </message>
    <message>
        <source>The secrets of this profile are in an encrypted vault.</source>
        <translation>Die Geheimnisse dieses Profils stehen in einem verschlüsselten Tresor.</translation>
    </message>
    <message>
        <source>The passphrase is wrong, or the vault was changed.</source>
        <translation>Die Passphrase ist falsch, oder der Tresor wurde verändert.</translation>
    </message>
    <message>
        <source>An older copy of the profile is in use.</source>
        <translation>Eine ältere Kopie des Profils ist in Gebrauch.</translation>
    </message>
    <message>
        <source>If your company has a certificate authority of its own, choose its file in the settings; otherwise ask the server&apos;s operator.</source>
        <translation>Wenn Ihre Firma eine eigene Zertifizierungsstelle hat, wählen Sie deren Datei in den Einstellungen; andernfalls fragen Sie den Betreiber des Servers.</translation>
    </message>
    <message>
        <source>Check the proxy in the settings or the environment, then try again.</source>
        <translation>Prüfen Sie den Proxy in den Einstellungen oder in den Umgebungsvariablen, dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Ask the operator of the server, or of a proxy on the way to it, for plain JSON in UTF-8: nothing else was asked for.</source>
        <translation>Bitten Sie den Betreiber des Servers oder eines Proxys auf dem Weg dorthin um reines JSON in UTF-8: Etwas anderes wurde nicht angefordert.</translation>
    </message>
    <message>
        <source>Nothing was changed. Put a copy of your own in its place, or choose another folder with --profile. To start over, move what is in its folder elsewhere; secrets stay in the secret store.</source>
        <translation>Nichts wurde geändert. Setzen Sie eine eigene Kopie an seine Stelle, oder wählen Sie mit --profile einen anderen Ordner. Um von vorn zu beginnen, verschieben Sie an einen anderen Ort, was in seinem Ordner liegt; Geheimnisse bleiben im Geheimnisspeicher.</translation>
    </message>
    <message>
        <source>The operator of one host could obtain codes that are meant for the other.</source>
        <translation>Der Betreiber des einen Hosts könnte an Codes kommen, die für den anderen bestimmt sind.</translation>
    </message>
    <message>
        <source>The account&apos;s test address leads there and not to the vendor: host, port and scheme count. The server there can use the token.</source>
        <translation>Die Testadresse des Kontos führt dorthin und nicht zum Anbieter: Host, Port und Schema zählen. Der Server dort kann das Token benutzen.</translation>
    </message>
    <message>
        <source>If you did not mean to change the address, enter the former one. If the new one is right, edit the account and enter its secrets again, or add it again.</source>
        <translation>Wollten Sie die Adresse nicht ändern, geben Sie die frühere ein. Ist die neue richtig, bearbeiten Sie das Konto und geben Sie seine Geheimnisse noch einmal ein, oder fügen Sie es noch einmal hinzu.</translation>
    </message>
</context>
<context>
    <name>ProblemSubject</name>
    <message>
        <source>The provider</source>
        <translation>Der Anbieter</translation>
    </message>
    <message>
        <source>%1 says: “%2”</source>
        <translation>%1 meldet: „%2“</translation>
    </message>
    <message>
        <source>Compare the fields of the account with what the provider shows.</source>
        <translation>Vergleichen Sie die Felder des Kontos mit dem, was der Anbieter anzeigt.</translation>
    </message>
</context>
<context>
    <name>Provider</name>
    <message>
        <source>Give the account a name.</source>
        <translation>Geben Sie dem Konto einen Namen.</translation>
    </message>
    <message>
        <source>The name is longer than 100 characters.</source>
        <translation>Der Name ist länger als 100 Zeichen.</translation>
    </message>
    <message>
        <source>The name must not begin with a dash.</source>
        <translation>Der Name darf nicht mit einem Bindestrich beginnen.</translation>
    </message>
    <message>
        <source>Another account has this name.</source>
        <translation>Ein anderes Konto hat diesen Namen.</translation>
    </message>
    <message>
        <source>Choose a provider.</source>
        <translation>Wählen Sie einen Anbieter.</translation>
    </message>
    <message>
        <source>The address changed: enter the secret again, so that it is not sent to another host unasked.</source>
        <translation>Die Adresse wurde geändert: Geben Sie das Geheimnis erneut ein, damit es nicht ungefragt an einen anderen Host geht.</translation>
    </message>
    <message>
        <source>Test address</source>
        <translation>Testadresse</translation>
    </message>
    <message>
        <source>A harmless address of the vendor&apos;s API to try the token with, and for curl.</source>
        <translation>Eine harmlose Adresse der API des Anbieters, um das Token zu erproben, und für curl.</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>optional</translation>
    </message>
    <message>
        <source>Certificate for https on this computer</source>
        <translation>Zertifikat für https auf diesem Computer</translation>
    </message>
    <message>
        <source>Only for a redirect URI that begins with https://localhost: the certificate, as PEM text.</source>
        <translation>Nur für eine Redirect URI, die mit https://localhost beginnt: das Zertifikat als PEM-Text.</translation>
    </message>
    <message>
        <source>-----BEGIN CERTIFICATE-----</source>
        <translation>-----BEGIN CERTIFICATE-----</translation>
    </message>
    <message>
        <source>Key of that certificate</source>
        <translation>Schlüssel dieses Zertifikats</translation>
    </message>
    <message>
        <source>The private key of the certificate, as PEM text without a passphrase.</source>
        <translation>Der private Schlüssel des Zertifikats als PEM-Text ohne Passphrase.</translation>
    </message>
    <message>
        <source>-----BEGIN PRIVATE KEY-----</source>
        <translation>-----BEGIN PRIVATE KEY-----</translation>
    </message>
    <message>
        <source>Redirect URI</source>
        <translation>Redirect URI</translation>
    </message>
    <message>
        <source>http://127.0.0.1:PORT/path</source>
        <translation>http://127.0.0.1:PORT/pfad</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>The host you open Contact Center Administrator on, in the browser.</source>
        <translation>Der Host, auf dem Sie den Contact Center Administrator im Browser öffnen.</translation>
    </message>
    <message>
        <source>company.brightpattern.com</source>
        <translation>firma.brightpattern.com</translation>
    </message>
    <message>
        <source>Login ID</source>
        <translation>Login ID</translation>
    </message>
    <message>
        <source>Contact Center Administrator &gt; Users &amp; Teams &gt; Users: the user&apos;s login ID.</source>
        <translation>Contact Center Administrator &gt; Users &amp; Teams &gt; Users: die Login ID des Benutzers.</translation>
    </message>
    <message>
        <source>sheila.thomas</source>
        <translation>sheila.thomas</translation>
    </message>
    <message>
        <source>API secret</source>
        <translation>API secret</translation>
    </message>
    <message>
        <source>Contact Center Administrator &gt; Users &amp; Teams &gt; Users &gt; the user &gt; Generate.</source>
        <translation>Contact Center Administrator &gt; Users &amp; Teams &gt; Users &gt; der Benutzer &gt; Generate.</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Scope</translation>
    </message>
    <message>
        <source>The tenant or host the token is for. Empty: the host.</source>
        <translation>Der Tenant oder Host, für den das Token gilt. Leer: der Host.</translation>
    </message>
    <message>
        <source>the host</source>
        <translation>der Host</translation>
    </message>
    <message>
        <source>Name of the scope parameter</source>
        <translation>Name des Scope-Parameters</translation>
    </message>
    <message>
        <source>Version 3 of the API calls it tenant.</source>
        <translation>Version 3 der API nennt ihn tenant.</translation>
    </message>
    <message>
        <source>scope</source>
        <translation>scope</translation>
    </message>
    <message>
        <source>tenant (version 3)</source>
        <translation>tenant (Version 3)</translation>
    </message>
    <message>
        <source>Allow plain http</source>
        <translation>Unverschlüsseltes http erlauben</translation>
    </message>
    <message>
        <source>For a host without https: the secret and the token can be read on the network.</source>
        <translation>Für einen Host ohne https: Geheimnis und Token können im Netz mitgelesen werden.</translation>
    </message>
    <message>
        <source>Enter only the host, such as company.brightpattern.com, without the path after it.</source>
        <translation>Geben Sie nur den Host ein, etwa firma.brightpattern.com, ohne den Pfad dahinter.</translation>
    </message>
    <message>
        <source>Bright Pattern</source>
        <translation>Bright Pattern</translation>
    </message>
    <message>
        <source>Contact center</source>
        <translation>Contact Center</translation>
    </message>
    <message>
        <source>Bright Pattern is not told: the user&apos;s API secret stays valid, and so does a token until it expires. Generate a new API secret for the user to end the old one.</source>
        <translation>Bright Pattern erfährt davon nichts: Das API secret des Benutzers bleibt gültig, ebenso ein Token bis zu seinem Ablauf. Erzeugen Sie ein neues API secret für den Benutzer, um das alte zu beenden.</translation>
    </message>
    <message>
        <source>Compare the login ID with Contact Center Administrator &gt; Users &amp; Teams &gt; Users, generate a new API secret there if in doubt, and check the scope.</source>
        <translation>Vergleichen Sie die Login ID mit Contact Center Administrator &gt; Users &amp; Teams &gt; Users, erzeugen Sie dort im Zweifel ein neues API secret, und prüfen Sie den Scope.</translation>
    </message>
    <message>
        <source>Enter at most 2048 characters.</source>
        <translation>Geben Sie höchstens 2048 Zeichen ein.</translation>
    </message>
    <message>
        <source>Enter a whole address, such as https://www.example.com.</source>
        <translation>Geben Sie eine ganze Adresse ein, etwa https://www.example.com.</translation>
    </message>
    <message>
        <source>Begin the address with https://.</source>
        <translation>Beginnen Sie die Adresse mit https://.</translation>
    </message>
    <message>
        <source>Begin the address with https://. If the host has no https, tick &quot;Allow plain http&quot;: the secret can then be read on the network.</source>
        <translation>Beginnen Sie die Adresse mit https://. Hat der Host kein https, kreuzen Sie „Unverschlüsseltes http erlauben“ an: Das Geheimnis kann dann im Netz mitgelesen werden.</translation>
    </message>
    <message>
        <source>Begin the address with https://: over plain http the secrets could be read on the network.</source>
        <translation>Beginnen Sie die Adresse mit https://: Über unverschlüsseltes http könnten die Geheimnisse im Netz mitgelesen werden.</translation>
    </message>
    <message>
        <source>Leave user name and password out of the address.</source>
        <translation>Lassen Sie Benutzername und Passwort in der Adresse weg.</translation>
    </message>
    <message>
        <source>Leave # and what follows out of the address.</source>
        <translation>Lassen Sie # und alles dahinter in der Adresse weg.</translation>
    </message>
    <message>
        <source>Leave ? and what follows out of the address.</source>
        <translation>Lassen Sie ? und alles dahinter in der Adresse weg.</translation>
    </message>
    <message>
        <source>Begin the address with https://: the sign-in needs it.</source>
        <translation>Beginnen Sie die Adresse mit https://: Die Anmeldung braucht das.</translation>
    </message>
    <message>
        <source>Enter a whole address, such as http://127.0.0.1:53117/callback, without a user name.</source>
        <translation>Geben Sie eine ganze Adresse ein, etwa http://127.0.0.1:53117/callback, ohne Benutzernamen.</translation>
    </message>
    <message>
        <source>Leave # and what follows out: a redirect URI has no such part.</source>
        <translation>Lassen Sie # und alles dahinter weg: Eine Redirect URI hat keinen solchen Teil.</translation>
    </message>
    <message>
        <source>Leave code, state and error out: enter the address as it is registered, not the one the browser landed on.</source>
        <translation>Lassen Sie code, state und error weg: Geben Sie die Adresse so ein, wie sie eingetragen ist, nicht die, auf der der Browser gelandet ist.</translation>
    </message>
    <message>
        <source>Add a port between 1024 and 65535, as in http://127.0.0.1:53117/callback: the vendor compares the address exactly.</source>
        <translation>Ergänzen Sie einen Port zwischen 1024 und 65535, wie in http://127.0.0.1:53117/callback: Der Anbieter vergleicht die Adresse genau.</translation>
    </message>
    <message>
        <source>Use https://, or http://127.0.0.1 with a port: a code sent over plain http to another host could be read on the network.</source>
        <translation>Benutzen Sie https:// oder http://127.0.0.1 mit einem Port: Ein Code, der über unverschlüsseltes http an einen anderen Host geht, könnte im Netz mitgelesen werden.</translation>
    </message>
    <message>
        <source>Choose one of the values offered.</source>
        <translation>Wählen Sie einen der angebotenen Werte.</translation>
    </message>
    <message>
        <source>This is too long: 32 KiB is the most.</source>
        <translation>Das ist zu lang: Höchstens 32 KiB sind möglich.</translation>
    </message>
    <message>
        <source>Paste the whole certificate, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.</source>
        <translation>Fügen Sie das ganze Zertifikat ein, von -----BEGIN CERTIFICATE----- bis -----END CERTIFICATE-----.</translation>
    </message>
    <message>
        <source>This key has a passphrase: paste one without, Latchkey keeps it in the keychain.</source>
        <translation>Dieser Schlüssel hat eine Passphrase: Fügen Sie einen ohne ein, Latchkey bewahrt ihn im Schlüsselbund auf.</translation>
    </message>
    <message>
        <source>Paste the whole private key, from its -----BEGIN line to its -----END line.</source>
        <translation>Fügen Sie den ganzen privaten Schlüssel ein, von der Zeile mit -----BEGIN bis zur Zeile mit -----END.</translation>
    </message>
    <message>
        <source>This is too long: 16 KiB is the most.</source>
        <translation>Das ist zu lang: Höchstens 16 KiB sind möglich.</translation>
    </message>
    <message>
        <source>This is only blanks: enter the secret.</source>
        <translation>Das sind nur Leerzeichen: Geben Sie das Geheimnis ein.</translation>
    </message>
    <message>
        <source>There is a blank at the beginning or the end: remove it, it hardly belongs to the secret.</source>
        <translation>Am Anfang oder Ende steht ein Leerzeichen: Entfernen Sie es, es gehört kaum zum Geheimnis.</translation>
    </message>
    <message>
        <source>Enter true or false.</source>
        <translation>Geben Sie true oder false ein.</translation>
    </message>
    <message>
        <source>Enter a value: it is needed.</source>
        <translation>Geben Sie einen Wert ein: Er wird gebraucht.</translation>
    </message>
    <message>
        <source>Add the certificate that belongs to the key.</source>
        <translation>Ergänzen Sie das Zertifikat, das zum Schlüssel gehört.</translation>
    </message>
    <message>
        <source>Add the private key of the certificate.</source>
        <translation>Ergänzen Sie den privaten Schlüssel des Zertifikats.</translation>
    </message>
    <message>
        <source>API address</source>
        <translation>API-Adresse</translation>
    </message>
    <message>
        <source>Production for your live Priava, Sandbox for its test system, or the address Priava gave you.</source>
        <translation>„Produktion“ für Ihr echtes Priava, „Sandbox“ für das Testsystem oder die Adresse, die Sie von Priava haben.</translation>
    </message>
    <message>
        <source>https://api.priava.com/api</source>
        <translation>https://api.priava.com/api</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Tenant region</source>
        <translation>Tenant Region</translation>
    </message>
    <message>
        <source>Where your Priava is hosted. If unsure, ask your Priava administrator.</source>
        <translation>Wo Ihr Priava betrieben wird. Fragen Sie im Zweifel Ihren Priava-Administrator.</translation>
    </message>
    <message>
        <source>APAC (Asia and Pacific)</source>
        <translation>APAC (Asien und Pazifik)</translation>
    </message>
    <message>
        <source>EU (Europe)</source>
        <translation>EU (Europa)</translation>
    </message>
    <message>
        <source>US (Americas)</source>
        <translation>US (Amerika)</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>Shown by Priava after Admin &gt; API Access &gt; Access Token &gt; Add &gt; Save.</source>
        <translation>Wird von Priava nach Admin &gt; API Access &gt; Access Token &gt; Add &gt; Save angezeigt.</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Client secret</translation>
    </message>
    <message>
        <source>Shown by Priava together with the Client ID.</source>
        <translation>Wird von Priava zusammen mit der Client-ID angezeigt.</translation>
    </message>
    <message>
        <source>Must be exactly the Redirect URI entered in Priava &gt; Admin &gt; API Access &gt; Access Token.</source>
        <translation>Muss genau die Redirect URI sein, die in Priava &gt; Admin &gt; API Access &gt; Access Token eingetragen ist.</translation>
    </message>
    <message>
        <source>Page to open for the sign-in</source>
        <translation>Seite für die Anmeldung</translation>
    </message>
    <message>
        <source>The authorization page, or your Priava admin page. Leave it empty to paste the code instead.</source>
        <translation>Die Autorisierungsseite oder Ihre Priava-Verwaltungsseite. Lassen Sie das Feld leer, um stattdessen den Code einzufügen.</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Shown by Priava together with the Client ID. It works once; leave it empty to sign in with the browser.</source>
        <translation>Wird von Priava zusammen mit der Client-ID angezeigt. Er gilt nur einmal; lassen Sie das Feld leer, um sich im Browser anzumelden.</translation>
    </message>
    <message>
        <source>Leave client_id, redirect_uri, state, response_type, response_mode, scope, code_challenge and request out of the address: Latchkey adds its own.</source>
        <translation>Lassen Sie client_id, redirect_uri, state, response_type, response_mode, scope, code_challenge und request in der Adresse weg: Latchkey fügt seine eigenen hinzu.</translation>
    </message>
    <message>
        <source>production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Priava</source>
        <translation>Priava</translation>
    </message>
    <message>
        <source>Venue and event management</source>
        <translation>Räume und Veranstaltungen</translation>
    </message>
    <message>
        <source>Register exactly this in Priava: Admin &gt; API Access &gt; Access Token, Redirect URI.</source>
        <translation>Tragen Sie genau das in Priava ein: Admin &gt; API Access &gt; Access Token, Redirect URI.</translation>
    </message>
    <message>
        <source>Priava is not told: the entry under Admin &gt; API Access stays, and so do tokens that are still valid. Delete the entry in Priava to end them.</source>
        <translation>Priava erfährt davon nichts: Der Eintrag unter Admin &gt; API Access bleibt, ebenso noch gültige Token. Löschen Sie den Eintrag in Priava, um sie zu beenden.</translation>
    </message>
    <message>
        <source>Compare the client ID, the client secret, the redirect URI and the tenant region with Priava &gt; Admin &gt; API Access &gt; Access Token.</source>
        <translation>Vergleichen Sie Client-ID, Client secret, Redirect URI und Tenant Region mit Priava &gt; Admin &gt; API Access &gt; Access Token.</translation>
    </message>
    <message>
        <source>Path of the sign-in</source>
        <translation>Pfad der Anmeldung</translation>
    </message>
    <message>
        <source>Only old versions of Rev still use /oauth.</source>
        <translation>Nur alte Versionen von Rev benutzen noch /oauth.</translation>
    </message>
    <message>
        <source>/api/v2/oauth (current Rev)</source>
        <translation>/api/v2/oauth (aktuelles Rev)</translation>
    </message>
    <message>
        <source>/oauth (older Rev)</source>
        <translation>/oauth (älteres Rev)</translation>
    </message>
    <message>
        <source>Shown by Rev with the key under API Keys. It signs the sign-in and is never sent.</source>
        <translation>Wird von Rev beim Schlüssel unter API Keys angezeigt. Es signiert die Anmeldung und wird nie gesendet.</translation>
    </message>
    <message>
        <source>Must be exactly the Redirect URI of the key, in Rev &gt; System Settings &gt; API Keys.</source>
        <translation>Muss genau die Redirect URI des Schlüssels sein, in Rev &gt; System Settings &gt; API Keys.</translation>
    </message>
    <message>
        <source>Vbrick Rev</source>
        <translation>Vbrick Rev</translation>
    </message>
    <message>
        <source>API key and signature</source>
        <translation>API key und Signatur</translation>
    </message>
    <message>
        <source>Enterprise video</source>
        <translation>Video für Unternehmen</translation>
    </message>
    <message>
        <source>Register exactly this in Rev: System Settings &gt; API Keys, Redirect URI of the key.</source>
        <translation>Tragen Sie genau das in Rev ein: System Settings &gt; API Keys, Redirect URI des Schlüssels.</translation>
    </message>
    <message>
        <source>Rev is not told: the key stays under API Keys, and a session that is still open lasts until Rev&apos;s inactivity timeout. Remove the key in Rev if nobody else uses it.</source>
        <translation>Rev erfährt davon nichts: Der Schlüssel bleibt unter API Keys, und eine noch offene Sitzung dauert bis zum Inaktivitäts-Timeout von Rev. Entfernen Sie den Schlüssel in Rev, wenn ihn sonst niemand benutzt.</translation>
    </message>
    <message>
        <source>Compare the API key, the API secret and the redirect URI with Rev &gt; System Settings &gt; API Keys, character by character.</source>
        <translation>Vergleichen Sie API key, API secret und Redirect URI Zeichen für Zeichen mit Rev &gt; System Settings &gt; API Keys.</translation>
    </message>
    <message>
        <source>Rev address</source>
        <translation>Rev-Adresse</translation>
    </message>
    <message>
        <source>The address you open Rev with in the browser, up to the first slash.</source>
        <translation>Die Adresse, mit der Sie Rev im Browser öffnen, bis zum ersten Schrägstrich.</translation>
    </message>
    <message>
        <source>https://company.rev.vbrick.com</source>
        <translation>https://firma.rev.vbrick.com</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API key</translation>
    </message>
    <message>
        <source>In Rev: gear &gt; System Settings &gt; API Keys &gt; Add Key, the value of Key.</source>
        <translation>In Rev: Zahnrad &gt; System Settings &gt; API Keys &gt; Add Key, der Wert von Key.</translation>
    </message>
    <message>
        <source>Enter only the host, such as https://company.rev.vbrick.com, without the path after it.</source>
        <translation>Geben Sie nur den Host ein, etwa https://firma.rev.vbrick.com, ohne den Pfad dahinter.</translation>
    </message>
    <message>
        <source>Word before the token</source>
        <translation>Wort vor dem Token</translation>
    </message>
    <message>
        <source>Rev&apos;s API takes VBrick. Choose Bearer only if your Rev refuses it.</source>
        <translation>Die API von Rev nimmt VBrick. Wählen Sie Bearer nur, wenn Ihr Rev das ablehnt.</translation>
    </message>
    <message>
        <source>VBrick</source>
        <translation>VBrick</translation>
    </message>
    <message>
        <source>Bearer</source>
        <translation>Bearer</translation>
    </message>
    <message>
        <source>OAuth 2 with PKCE</source>
        <translation>OAuth 2 mit PKCE</translation>
    </message>
    <message>
        <source>Rev is not told: the key stays under API Keys, and tokens that are still valid work until they expire. Remove the key in Rev if nobody else uses it.</source>
        <translation>Rev erfährt davon nichts: Der Schlüssel bleibt unter API Keys, und noch gültige Token gelten bis zu ihrem Ablauf. Entfernen Sie den Schlüssel in Rev, wenn ihn sonst niemand benutzt.</translation>
    </message>
    <message>
        <source>Compare the API key and the redirect URI with Rev &gt; System Settings &gt; API Keys, character by character.</source>
        <translation>Vergleichen Sie API key und Redirect URI Zeichen für Zeichen mit Rev &gt; System Settings &gt; API Keys.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>What this account is called in Latchkey. It must be unique.</source>
        <translation>Wie dieses Konto in Latchkey heißt. Jeder Name kommt nur einmal vor.</translation>
    </message>
    <message>
        <source>There is a private key in it: enter the certificate alone here, and the key in the field of its own.</source>
        <translation>Es enthält einen privaten Schlüssel: Geben Sie hier nur das Zertifikat ein und den Schlüssel in dessen eigenem Feld.</translation>
    </message>
    <message>
        <source>This code was sent before, and works only once: get a new one from the vendor.</source>
        <translation>Dieser Code wurde schon gesendet und gilt nur einmal: Holen Sie einen neuen vom Anbieter.</translation>
    </message>
    <message>
        <source>This version of Latchkey does not know this field.</source>
        <translation>Diese Version von Latchkey kennt dieses Feld nicht.</translation>
    </message>
    <message>
        <source>This version of Latchkey does not know this provider.</source>
        <translation>Diese Version von Latchkey kennt diesen Anbieter nicht.</translation>
    </message>
    <message>
        <source>Another account of the file has this name.</source>
        <translation>Ein anderes Konto der Datei hat diesen Namen.</translation>
    </message>
    <message>
        <source>The name holds an invisible or control character: %1 at character %2.</source>
        <translation>Der Name enthält ein unsichtbares oder Steuerzeichen: %1 an Stelle %2.</translation>
    </message>
    <message>
        <source>No file can allow this: only you can, by editing the account after it was added.</source>
        <translation>Das kann keine Datei erlauben: nur Sie, indem Sie das Konto nach dem Hinzufügen bearbeiten.</translation>
    </message>
    <message>
        <source>Share the redirect URI with other hosts</source>
        <translation>Redirect URI mit anderen Hosts teilen</translation>
    </message>
    <message>
        <source>not a usual address of the vendor</source>
        <translation>keine übliche Adresse des Anbieters</translation>
    </message>
    <message>
        <source>not the host of the account</source>
        <translation>nicht der Host des Kontos</translation>
    </message>
    <message>
        <source>the browser carries the code off this computer</source>
        <translation>der Browser trägt den Code von diesem Computer weg</translation>
    </message>
    <message>
        <source>Leave out the zero byte (%1 at character %2): the keychain cannot keep it.</source>
        <translation>Lassen Sie das Nullbyte weg (%1 an Stelle %2): Der Schlüsselbund kann es nicht aufbewahren.</translation>
    </message>
    <message>
        <source>Leave out the line end (%1 at character %2): enter the secret as one line.</source>
        <translation>Lassen Sie das Zeilenende weg (%1 an Stelle %2): Geben Sie das Geheimnis in einer Zeile ein.</translation>
    </message>
    <message>
        <source>PEM text is plain ASCII: there is %1 at character %2.</source>
        <translation>PEM-Text ist reines ASCII: An Stelle %2 steht %1.</translation>
    </message>
    <message>
        <source>This is UTF-16, not UTF-8 (byte %1): save the file as UTF-8.</source>
        <translation>Das ist UTF-16, nicht UTF-8 (Byte %1): Speichern Sie die Datei als UTF-8.</translation>
    </message>
    <message>
        <source>The account “%1”, at another host, has this redirect URI: the operator of one host could obtain codes that are meant for the other. Choose another path or port, or allow it with &quot;Share the redirect URI with other hosts&quot; (--share-redirect-uri).</source>
        <translation>Das Konto „%1“ bei einem anderen Host hat diese Redirect URI: Der Betreiber des einen Hosts könnte an Codes für den anderen kommen. Wählen Sie einen anderen Pfad oder Port, oder erlauben Sie es mit „Redirect URI mit anderen Hosts teilen“ (--share-redirect-uri).</translation>
    </message>
    <message>
        <source>The role of the user lacks the privilege of this API: an administrator of Contact Center can give it to the role.</source>
        <translation>Der Rolle des Benutzers fehlt das Recht für diese API: Ein Administrator des Contact Center kann es der Rolle geben.</translation>
    </message>
    <message>
        <source>The host&apos;s name mixes letters of several scripts, so that it looks like another one: type it again.</source>
        <translation>Der Name des Hosts mischt Buchstaben mehrerer Schriften und sieht so aus wie ein anderer: Geben Sie ihn noch einmal ein.</translation>
    </message>
    <message>
        <source>There is an invisible character, or a blank of an unusual kind: %1 at character %2. Leave it out, or type the value again if it was pasted.</source>
        <translation>Darin ist ein unsichtbares Zeichen oder ein ungewöhnliches Leerzeichen: %1 an Stelle %2. Lassen Sie es weg, oder tippen Sie den Wert noch einmal, falls er eingefügt wurde.</translation>
    </message>
    <message>
        <source>This is not UTF-8 (byte %1): save the file as UTF-8, or type the value again.</source>
        <translation>Das ist kein UTF-8 (Byte %1): Speichern Sie die Datei als UTF-8, oder tippen Sie den Wert noch einmal.</translation>
    </message>
    <message>
        <source>Accounts at other hosts have the same redirect URI: the operator of one of these hosts can obtain codes that are meant for another.</source>
        <translation>Konten bei anderen Hosts haben dieselbe Redirect URI: Der Betreiber eines dieser Hosts kann an Codes kommen, die für einen anderen bestimmt sind.</translation>
    </message>
</context>
<context>
    <name>Recipe</name>
    <message>
        <source>Header value</source>
        <translation>Header-Wert</translation>
    </message>
    <message>
        <source>Bearer …, for Postman&apos;s header field</source>
        <translation>Bearer …, für das Header-Feld in Postman</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>The token alone</source>
        <translation>Das Token allein</translation>
    </message>
    <message>
        <source>Header line</source>
        <translation>Header-Zeile</translation>
    </message>
    <message>
        <source>Authorization: Bearer …</source>
        <translation>Authorization: Bearer …</translation>
    </message>
    <message>
        <source>curl command</source>
        <translation>curl-Befehl</translation>
    </message>
    <message>
        <source>A request with every header it needs, for a terminal</source>
        <translation>Eine Anfrage mit allen nötigen Headern, für ein Terminal</translation>
    </message>
    <message>
        <source>Your own recipe</source>
        <translation>Ihr eigenes Format</translation>
    </message>
    <message>
        <source>Postman environment</source>
        <translation>Postman-Umgebung</translation>
    </message>
    <message>
        <source>Variables for each account. The file holds the tokens.</source>
        <translation>Variablen für jedes Konto. Die Datei enthält die Token.</translation>
    </message>
    <message>
        <source>Postman collection</source>
        <translation>Postman-Sammlung</translation>
    </message>
    <message>
        <source>A request for each account, to use with the environment of the same accounts. The file holds no token.</source>
        <translation>Eine Anfrage je Konto, zur passenden Umgebung. Die Datei enthält kein Token.</translation>
    </message>
    <message>
        <source>Bruno collection</source>
        <translation>Bruno-Sammlung</translation>
    </message>
    <message>
        <source>A folder with a request for each account. Its environment holds the tokens.</source>
        <translation>Ein Ordner mit einer Anfrage für jedes Konto. Seine Umgebung enthält die Token.</translation>
    </message>
    <message>
        <source>Insomnia export</source>
        <translation>Insomnia-Export</translation>
    </message>
    <message>
        <source>A request for each account. The file holds the tokens.</source>
        <translation>Eine Anfrage für jedes Konto. Die Datei enthält die Token.</translation>
    </message>
    <message>
        <source>.env file</source>
        <translation>.env-Datei</translation>
    </message>
    <message>
        <source>Variables named after each account. The file holds the tokens.</source>
        <translation>Nach jedem Konto benannte Variablen. Die Datei enthält die Token.</translation>
    </message>
    <message>
        <source>curl command for Windows</source>
        <translation>curl-Befehl für Windows</translation>
    </message>
    <message>
        <source>The same request, for the prompt of cmd.exe</source>
        <translation>Dieselbe Anfrage, für die Eingabe von cmd.exe</translation>
    </message>
    <message>
        <source>PowerShell command</source>
        <translation>PowerShell-Befehl</translation>
    </message>
    <message>
        <source>Invoke-RestMethod with every header it needs</source>
        <translation>Invoke-RestMethod mit allen nötigen Headern</translation>
    </message>
    <message>
        <source>HTTPie command</source>
        <translation>HTTPie-Befehl</translation>
    </message>
    <message>
        <source>A request with http, for a terminal</source>
        <translation>Eine Anfrage mit http, für ein Terminal</translation>
    </message>
    <message>
        <source>wget command</source>
        <translation>wget-Befehl</translation>
    </message>
    <message>
        <source>A request with wget, for a terminal</source>
        <translation>Eine Anfrage mit wget, für ein Terminal</translation>
    </message>
    <message>
        <source>.env lines</source>
        <translation>.env-Zeilen</translation>
    </message>
    <message>
        <source>LATCHKEY_TOKEN, LATCHKEY_AUTHORIZATION, the address and the expiry</source>
        <translation>LATCHKEY_TOKEN, LATCHKEY_AUTHORIZATION, Adresse und Ablauf</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Token, headers, address and expiry, for a script</source>
        <translation>Token, Header, Adresse und Ablauf, für ein Skript</translation>
    </message>
    <message>
        <source>For Postman&apos;s Import, the token as a secret variable</source>
        <translation>Für „Import“ in Postman, das Token als geheime Variable</translation>
    </message>
    <message>
        <source>Scheme and token, as in: Bearer …</source>
        <translation>Schema und Token, wie in: Bearer …</translation>
    </message>
    <message>
        <source>The whole line, as in: Authorization: Bearer …</source>
        <translation>Die ganze Zeile, wie in: Authorization: Bearer …</translation>
    </message>
    <message>
        <source>The scheme, as in: Bearer</source>
        <translation>Das Schema, wie in: Bearer</translation>
    </message>
    <message>
        <source>The address to try the token at</source>
        <translation>Die Adresse, an der das Token erprobt wird</translation>
    </message>
    <message>
        <source>The host in that address</source>
        <translation>Der Host in dieser Adresse</translation>
    </message>
    <message>
        <source>The account&apos;s name</source>
        <translation>Der Name des Kontos</translation>
    </message>
    <message>
        <source>What the token may do, if the provider says so</source>
        <translation>Was das Token darf, falls der Anbieter es angibt</translation>
    </message>
    <message>
        <source>When the token expires, as in: 2031-05-04T10:00:00Z</source>
        <translation>Wann das Token abläuft, wie in: 2031-05-04T10:00:00Z</translation>
    </message>
    <message>
        <source>Seconds until the token expires</source>
        <translation>Sekunden bis zum Ablauf des Tokens</translation>
    </message>
    <message>
        <source>The provider&apos;s short name, as in: priava</source>
        <translation>Der Kurzname des Anbieters, wie in: priava</translation>
    </message>
    <message>
        <source>The short name may hold a to z, 0 to 9 and hyphens, 40 characters at most.</source>
        <translation>Der Kurzname darf a bis z, 0 bis 9 und Bindestriche enthalten, höchstens 40 Zeichen.</translation>
    </message>
    <message>
        <source>Another recipe has this short name.</source>
        <translation>Ein anderes Format hat diesen Kurznamen.</translation>
    </message>
    <message>
        <source>The name for the menu needs 1 to 60 characters.</source>
        <translation>Der Name für das Menü braucht 1 bis 60 Zeichen.</translation>
    </message>
    <message>
        <source>The name for the menu holds an invisible character: %1 at character %2.</source>
        <translation>Der Name für das Menü enthält ein unsichtbares Zeichen: %1 an Stelle %2.</translation>
    </message>
    <message>
        <source>The text is empty.</source>
        <translation>Der Text ist leer.</translation>
    </message>
    <message>
        <source>The text is longer than 8 KiB.</source>
        <translation>Der Text ist länger als 8 KiB.</translation>
    </message>
    <message>
        <source>There is no {{%1}}.</source>
        <translation>Es gibt kein {{%1}}.</translation>
    </message>
    <message>
        <source>There is no filter &quot;%1&quot;.</source>
        <translation>Es gibt keinen Filter „%1“.</translation>
    </message>
    <message>
        <source>A {{ has no }} after it.</source>
        <translation>Auf ein {{ folgt kein }}.</translation>
    </message>
    <message>
        <source>The text needs {{token}}, {{header_value}} or {{header}}, or it hands out nothing.</source>
        <translation>Der Text braucht {{token}}, {{header_value}} oder {{header}}, sonst gibt er nichts aus.</translation>
    </message>
    <message>
        <source>{{%1}} has more than three filters.</source>
        <translation>{{%1}} hat mehr als drei Filter.</translation>
    </message>
    <message>
        <source>The text holds an invisible character: %1 at character %2.</source>
        <translation>Der Text enthält ein unsichtbares Zeichen: %1 an Stelle %2.</translation>
    </message>
    <message>
        <source>The vendor&apos;s other headers, as in: TenantRegion: EU</source>
        <translation>Weitere Header des Anbieters, wie in: TenantRegion: EU</translation>
    </message>
    <message>
        <source>The token&apos;s user, if the provider names one</source>
        <translation>Der Benutzer des Tokens, falls der Anbieter ihn nennt</translation>
    </message>
</context>
<context>
    <name>RedirectPage</name>
    <message>
        <source>Signed in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>Latchkey has the token and keeps it safe. You can close this page.</source>
        <translation>Latchkey hat das Token und verwahrt es sicher. Sie können diese Seite schließen.</translation>
    </message>
    <message>
        <source>Confirm in Latchkey</source>
        <translation>In Latchkey bestätigen</translation>
    </message>
    <message>
        <source>Return to Latchkey</source>
        <translation>Zurück zu Latchkey</translation>
    </message>
    <message>
        <source>The Latchkey window says how the sign-in went.</source>
        <translation>Das Fenster von Latchkey zeigt, wie die Anmeldung ausging.</translation>
    </message>
    <message>
        <source>You declined</source>
        <translation>Sie haben abgelehnt</translation>
    </message>
    <message>
        <source>Access was not granted, and no token was issued. If that was not meant, start the sign-in again in Latchkey.</source>
        <translation>Der Zugriff wurde nicht gewährt und kein Token ausgestellt. War das nicht beabsichtigt, beginnen Sie die Anmeldung in Latchkey neu.</translation>
    </message>
    <message>
        <source>Sign-in failed</source>
        <translation>Anmeldung fehlgeschlagen</translation>
    </message>
    <message>
        <source>Latchkey got no token. Its window says why, and what to do next.</source>
        <translation>Latchkey hat kein Token erhalten. Sein Fenster zeigt, warum, und was nun zu tun ist.</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>Hier ist nichts</translation>
    </message>
    <message>
        <source>This address only takes the answer to a sign-in that was started in Latchkey.</source>
        <translation>Diese Adresse nimmt nur die Antwort auf eine Anmeldung an, die in Latchkey begonnen wurde.</translation>
    </message>
    <message>
        <source>Not this sign-in</source>
        <translation>Nicht diese Anmeldung</translation>
    </message>
    <message>
        <source>This answer does not belong to the sign-in that Latchkey waits for, so it was not used. The Latchkey window says more.</source>
        <translation>Diese Antwort gehört nicht zu der Anmeldung, auf die Latchkey wartet, und wurde daher nicht benutzt. Das Fenster von Latchkey zeigt mehr.</translation>
    </message>
    <message>
        <source>Already handled</source>
        <translation>Schon bearbeitet</translation>
    </message>
    <message>
        <source>Latchkey took this answer before, and takes it only once. The Latchkey window says how the sign-in went.</source>
        <translation>Latchkey hat diese Antwort schon angenommen und nimmt sie nur einmal an. Das Fenster von Latchkey zeigt, wie die Anmeldung ausging.</translation>
    </message>
    <message>
        <source>en</source>
        <extracomment>The language code of this translation, for screen readers: &quot;de&quot;, &quot;ja&quot; and so on</extracomment>
        <translation>de</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Nicht verwendet</translation>
    </message>
    <message>
        <source>Any page could have sent this, so Latchkey goes on waiting. The Latchkey window says more.</source>
        <translation>Das könnte jede Seite gesendet haben, daher wartet Latchkey weiter. Das Latchkey-Fenster sagt mehr.</translation>
    </message>
    <message>
        <source>Too much at once</source>
        <translation>Zu viel auf einmal</translation>
    </message>
    <message>
        <source>The browser sent more than Latchkey reads, most likely cookies that other programs left for this address. Copy the address of this page and paste it in Latchkey, or delete the cookies of localhost and 127.0.0.1 and load this page again.</source>
        <translation>Der Browser hat mehr gesendet, als Latchkey liest, vermutlich Cookies anderer Programme für diese Adresse. Kopieren Sie die Adresse dieser Seite und fügen Sie sie in Latchkey ein, oder löschen Sie die Cookies von localhost und 127.0.0.1 und laden Sie diese Seite neu.</translation>
    </message>
    <message>
        <source>A code has arrived. Go to the Latchkey window and confirm whether to use it.</source>
        <translation>Ein Code ist angekommen. Bestätigen Sie im Fenster von Latchkey, ob er benutzt werden soll.</translation>
    </message>
</context>
<context>
    <name>SecretOffers</name>
    <message>
        <source>Unlock the vault…</source>
        <translation>Tresor entsperren …</translation>
    </message>
    <message>
        <source>Use the encrypted vault…</source>
        <translation>Verschlüsselten Tresor benutzen …</translation>
    </message>
    <message>
        <source>Create an encrypted vault…</source>
        <translation>Verschlüsselten Tresor anlegen …</translation>
    </message>
    <message>
        <source>Keep in memory for this run</source>
        <translation>Für diese Sitzung im Speicher behalten</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>Needs sign-in</source>
        <translation>Anmeldung nötig</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Expiring</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Gültig</translation>
    </message>
    <message>
        <source>Lifetime unknown</source>
        <translation>Ablauf offen</translation>
    </message>
</context>
<context>
    <name>TlsIdentity</name>
    <message>
        <source>This installation of Qt cannot speak TLS.</source>
        <translation>Diese Installation von Qt beherrscht kein TLS.</translation>
    </message>
    <message>
        <source>The certificate is not in PEM form.</source>
        <translation>Das Zertifikat liegt nicht im PEM-Format vor.</translation>
    </message>
    <message>
        <source>The key is protected by a passphrase; it must be unencrypted.</source>
        <translation>Der Schlüssel ist durch eine Passphrase geschützt; er muss unverschlüsselt sein.</translation>
    </message>
    <message>
        <source>The key is not an RSA or EC key in PEM form.</source>
        <translation>Der Schlüssel ist kein RSA- oder EC-Schlüssel im PEM-Format.</translation>
    </message>
    <message>
        <source>The key does not belong to the certificate.</source>
        <translation>Der Schlüssel gehört nicht zum Zertifikat.</translation>
    </message>
</context>
<context>
    <name>TokenTrial</name>
    <message>
        <source>The provider</source>
        <translation>Der Anbieter</translation>
    </message>
    <message>
        <source>%1 refused the token (status 401).</source>
        <translation>%1 hat das Token abgelehnt (Status 401).</translation>
    </message>
    <message>
        <source>It was revoked or replaced, or it belongs to another server than the one that was asked.</source>
        <translation>Es wurde widerrufen oder ersetzt, oder es gehört zu einem anderen Server als dem gefragten.</translation>
    </message>
    <message>
        <source>Refresh the token and test again; if it is refused again, sign in again.</source>
        <translation>Aktualisieren Sie das Token, und testen Sie erneut; wird es wieder abgelehnt, melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>Refresh the token and test again; if it is refused again, check the account&apos;s address.</source>
        <translation>Aktualisieren Sie das Token, und testen Sie erneut; wird es wieder abgelehnt, prüfen Sie die Adresse des Kontos.</translation>
    </message>
    <message>
        <source>Ask the provider&apos;s administrator for the right, or try another address.</source>
        <translation>Bitten Sie den Administrator beim Anbieter um das Recht, oder versuchen Sie eine andere Adresse.</translation>
    </message>
    <message>
        <source>The token is good, but its user may not do this (status 403).</source>
        <translation>Das Token ist gut, aber sein Benutzer darf dies nicht (Status 403).</translation>
    </message>
    <message>
        <source>%1 accepted the token (status %2).</source>
        <translation>%1 hat das Token angenommen (Status %2).</translation>
    </message>
    <message>
        <source>It speaks for %1.</source>
        <translation>Es gilt für %1.</translation>
    </message>
    <message>
        <source>The test address answers, but knows no such page (status %1).</source>
        <translation>Die Testadresse antwortet, kennt aber keine solche Seite (Status %1).</translation>
    </message>
    <message>
        <source>That says nothing of the token.</source>
        <translation>Das sagt nichts über das Token.</translation>
    </message>
    <message>
        <source>Correct the test address of the account.</source>
        <translation>Berichtigen Sie die Testadresse des Kontos.</translation>
    </message>
    <message>
        <source>The test address points to another one (status %1).</source>
        <translation>Die Testadresse verweist auf eine andere (Status %1).</translation>
    </message>
    <message>
        <source>It was not followed: a token never follows a redirection. Servers often send refused requests to their sign-in page.</source>
        <translation>Dem wurde nicht gefolgt: Ein Token folgt nie einer Weiterleitung. Server schicken abgelehnte Anfragen oft auf ihre Anmeldeseite.</translation>
    </message>
    <message>
        <source>Enter the address it points to if that is the right one, or refresh the token and test again.</source>
        <translation>Geben Sie die Adresse ein, auf die sie verweist, wenn das die richtige ist, oder aktualisieren Sie das Token, und testen Sie erneut.</translation>
    </message>
    <message>
        <source>%1 takes no more requests for now (status 429).</source>
        <translation>%1 nimmt vorerst keine Anfragen mehr an (Status 429).</translation>
    </message>
    <message>
        <source>Wait a few minutes, then test again.</source>
        <translation>Warten Sie einige Minuten, und testen Sie dann erneut.</translation>
    </message>
    <message>
        <source>%1 has a problem of its own (status %2).</source>
        <translation>%1 hat selbst eine Störung (Status %2).</translation>
    </message>
    <message>
        <source>%1 answered with status %2.</source>
        <translation>%1 hat mit Status %2 geantwortet.</translation>
    </message>
    <message>
        <source>Whether the token is good cannot be told from that.</source>
        <translation>Ob das Token gut ist, lässt sich daran nicht erkennen.</translation>
    </message>
    <message>
        <source>Try a test address that answers 200 to a good token.</source>
        <translation>Versuchen Sie eine Testadresse, die auf ein gutes Token mit 200 antwortet.</translation>
    </message>
</context>
<context>
    <name>TransportError</name>
    <message>
        <source>it is not an https address</source>
        <translation>es ist keine https-Adresse</translation>
    </message>
    <message>
        <source>plain http is not allowed for this account</source>
        <translation>unverschlüsseltes http ist für dieses Konto nicht erlaubt</translation>
    </message>
    <message>
        <source>the address holds a user name or password</source>
        <translation>die Adresse enthält einen Benutzernamen oder ein Passwort</translation>
    </message>
    <message>
        <source>the address holds a # part</source>
        <translation>die Adresse enthält einen Teil hinter #</translation>
    </message>
    <message>
        <source>a header holds a line end</source>
        <translation>ein Header enthält ein Zeilenende</translation>
    </message>
    <message>
        <source>its certificate has expired</source>
        <translation>das Zertifikat ist abgelaufen</translation>
    </message>
    <message>
        <source>its certificate is not valid yet; check this computer&apos;s clock</source>
        <translation>das Zertifikat ist noch nicht gültig; prüfen Sie die Uhr dieses Computers</translation>
    </message>
    <message>
        <source>its certificate was revoked</source>
        <translation>das Zertifikat wurde widerrufen</translation>
    </message>
    <message>
        <source>its certificate is self-signed</source>
        <translation>das Zertifikat ist selbst signiert</translation>
    </message>
    <message>
        <source>its certificate is for another host</source>
        <translation>das Zertifikat gilt für einen anderen Host</translation>
    </message>
    <message>
        <source>its certificate comes from an authority that is not trusted here</source>
        <translation>das Zertifikat stammt von einer Stelle, der hier nicht vertraut wird</translation>
    </message>
    <message>
        <source>the secure connection could not be set up; it may be too old (TLS 1.2 is the least)</source>
        <translation>die sichere Verbindung kam nicht zustande; vielleicht ist sie zu alt (mindestens TLS 1.2)</translation>
    </message>
    <message>
        <source>its certificate could not be verified</source>
        <translation>das Zertifikat konnte nicht geprüft werden</translation>
    </message>
    <message>
        <source>The proxy %1</source>
        <translation>Der Proxy %1</translation>
    </message>
</context>
<context>
    <name>latchkey::AccountActRunner</name>
    <message>
        <source>Refreshing “%1”…</source>
        <translation>„%1“ wird aktualisiert …</translation>
    </message>
    <message>
        <source>Refreshed “%1”.</source>
        <translation>„%1“ ist aktualisiert.</translation>
    </message>
    <message>
        <source>“%1” could not be refreshed.</source>
        <translation>„%1“ konnte nicht aktualisiert werden.</translation>
    </message>
    <message>
        <source>Signed in to “%1”.</source>
        <translation>Bei „%1“ angemeldet.</translation>
    </message>
    <message>
        <source>Not signed in to “%1”.</source>
        <translation>Nicht bei „%1“ angemeldet.</translation>
    </message>
    <message>
        <source>Saved “%1”.</source>
        <translation>„%1“ ist gespeichert.</translation>
    </message>
    <message>
        <source>Removed “%1”.</source>
        <translation>„%1“ ist entfernt.</translation>
    </message>
    <message>
        <source>Copied “%1”: %2</source>
        <translation>„%1“ kopiert: %2</translation>
    </message>
    <message>
        <source>Copied “%1”: %2. How long it is good is not known.</source>
        <translation>„%1“ kopiert: %2. Wie lange es gilt, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>“%1” was copied, but not refreshed first: it ends soon.</source>
        <translation>„%1“ wurde kopiert, aber vorher nicht aktualisiert: Es läuft bald ab.</translation>
    </message>
    <message>
        <source>“%1” was copied, but not refreshed first: how long it is good is not known.</source>
        <translation>„%1“ wurde kopiert, aber nicht vorher aktualisiert: Wie lange es gilt, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>“%1” was not copied. The clipboard is as it was.</source>
        <translation>„%1“ wurde nicht kopiert. Die Zwischenablage ist wie zuvor.</translation>
    </message>
    <message>
        <source>“%1” was not copied: the clipboard did not take it. Try again.</source>
        <translation>„%1“ wurde nicht kopiert: Die Zwischenablage hat es nicht angenommen. Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Another host</source>
        <translation>Ein anderer Host</translation>
    </message>
    <message>
        <source>The command would send the token of “%1” to %2.</source>
        <translation>Der Befehl würde das Token von „%1“ an %2 senden.</translation>
    </message>
    <message>
        <source>Copy all the same</source>
        <translation>Trotzdem kopieren</translation>
    </message>
    <message>
        <source>The account&apos;s test address leads there and not to the vendor: host, port and scheme count. The server there can use the token.</source>
        <translation>Die Testadresse des Kontos führt dorthin und nicht zum Anbieter: Host, Port und Schema zählen. Der Server dort kann das Token benutzen.</translation>
    </message>
</context>
<context>
    <name>latchkey::AccountDelegate</name>
    <message>
        <source>Last refresh</source>
        <translation>Aktualisiert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>latchkey::AccountDialog</name>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
    <message>
        <source>Duplicate %1</source>
        <translation>%1 duplizieren</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Add an account</source>
        <translation>Konto hinzufügen</translation>
    </message>
    <message>
        <source>Which service does the token belong to?</source>
        <translation>Zu welchem Dienst gehört das Token?</translation>
    </message>
    <message>
        <source>Add a %1 account</source>
        <translation>Konto für %1 hinzufügen</translation>
    </message>
    <message>
        <source>Save and sign in</source>
        <translation>Speichern und anmelden</translation>
    </message>
    <message>
        <source>Asking %1 for a token. It is kept when it comes, even if you close this window.</source>
        <translation>%1 wird um ein Token gebeten. Wenn es kommt, wird es gespeichert, auch wenn Sie dieses Fenster schließen.</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>Keep the changes anyway</source>
        <translation>Änderungen trotzdem behalten</translation>
    </message>
    <message>
        <source>Save anyway</source>
        <translation>Trotzdem speichern</translation>
    </message>
    <message>
        <source>Close without saving?</source>
        <translation>Ohne Speichern schließen?</translation>
    </message>
    <message>
        <source>What you typed is lost then. Press Escape again to close.</source>
        <translation>Ihre Eingaben gehen dann verloren. Drücken Sie nochmals Escape, um zu schließen.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
    <message>
        <source>Waiting for the keychain or the vault. A keychain may be asking you to unlock it in a window of its own.</source>
        <translation>Warten auf den Schlüsselbund oder den Tresor. Ein Schlüsselbund bittet vielleicht in einem eigenen Fenster darum, entsperrt zu werden.</translation>
    </message>
</context>
<context>
    <name>latchkey::AccountFilterBar</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 anzeigen</translation>
    </message>
</context>
<context>
    <name>latchkey::AccountForm</name>
    <message>
        <source>More options</source>
        <translation>Weitere Angaben</translation>
    </message>
    <message>
        <source>Shown below</source>
        <translation>Unten gezeigt</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Verborgen</translation>
    </message>
</context>
<context>
    <name>latchkey::AccountPicker</name>
    <message>
        <source>Accounts to export</source>
        <translation>Konten zum Exportieren</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Choose all accounts</source>
        <translation>Alle Konten auswählen</translation>
    </message>
    <message>
        <source>Choose no account</source>
        <translation>Kein Konto auswählen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 of %2 chosen</source>
        <translation>%1 von %2 ausgewählt</translation>
    </message>
</context>
<context>
    <name>latchkey::AccountTable</name>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Sortieren nach</translation>
    </message>
</context>
<context>
    <name>latchkey::AccountTableModel</name>
    <message>
        <source>Refreshing…</source>
        <translation>Wird aktualisiert …</translation>
    </message>
    <message>
        <source>no token</source>
        <translation>kein Token</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>until refused</source>
        <translation>bis zur Ablehnung</translation>
    </message>
    <message>
        <source>lifetime unknown</source>
        <translation>Ablauf offen</translation>
    </message>
    <message>
        <source>expires in %1</source>
        <translation>läuft ab in %1</translation>
    </message>
    <message>
        <source>expired %1</source>
        <translation>abgelaufen %1</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Refresh, Copy</source>
        <translation>Aktualisieren, Kopieren</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Expires in</source>
        <translation>Ablauf in</translation>
    </message>
    <message>
        <source>Last refresh</source>
        <translation>Aktualisiert</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
</context>
<context>
    <name>latchkey::Actions</name>
    <message>
        <source>Add account</source>
        <translation>Konto hinzufügen</translation>
    </message>
    <message>
        <source>Refresh all</source>
        <translation>Alle aktualisieren</translation>
    </message>
    <message>
        <source>Refresh every account that is shown</source>
        <translation>Alle angezeigten Konten aktualisieren</translation>
    </message>
    <message>
        <source>Search accounts</source>
        <translation>Konten suchen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Export templates…</source>
        <translation>Vorlagen exportieren …</translation>
    </message>
    <message>
        <source>Import templates…</source>
        <translation>Vorlagen importieren …</translation>
    </message>
    <message>
        <source>Doctor…</source>
        <translation>Diagnose …</translation>
    </message>
    <message>
        <source>Activity…</source>
        <translation>Aktivität …</translation>
    </message>
    <message>
        <source>Own formats…</source>
        <translation>Eigene Formate …</translation>
    </message>
    <message>
        <source>Lock the vault</source>
        <translation>Tresor sperren</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Where secrets are kept…</source>
        <translation>Ort der Geheimnisse …</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>About Latchkey</source>
        <translation>Über Latchkey</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Choose what to copy</source>
        <translation>Wählen, was kopiert wird</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden …</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Test…</source>
        <translation>Testen …</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten …</translation>
    </message>
    <message>
        <source>Duplicate…</source>
        <translation>Duplizieren …</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Unlock the vault…</source>
        <translation>Tresor entsperren …</translation>
    </message>
    <message>
        <source>Edit…</source>
        <comment>on a button</comment>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Unlock…</source>
        <translation>Entsperren …</translation>
    </message>
</context>
<context>
    <name>latchkey::ActivityDialog</name>
    <message>
        <source>Record what is handed out</source>
        <translation>Aufzeichnen, was ausgegeben wird</translation>
    </message>
    <message>
        <source>Clear…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Which token was handed out when, in which format, by which program. Never the token.</source>
        <translation>Welches Token wann, in welchem Format und von welchem Programm ausgegeben wurde. Nie das Token.</translation>
    </message>
    <message>
        <source>Clear the record</source>
        <translation>Aufzeichnung löschen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Show the activity of</source>
        <translation>Aktivität zeigen von</translation>
    </message>
    <message>
        <source>All accounts</source>
        <translation>Alle Konten</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Nothing was handed out of this account.</source>
        <translation>Von diesem Konto wurde nichts ausgegeben.</translation>
    </message>
    <message>
        <source>Nothing was handed out yet.</source>
        <translation>Es wurde noch nichts ausgegeben.</translation>
    </message>
    <message>
        <source>Clear what is recorded of “%1”?</source>
        <translation>Die Aufzeichnung zu „%1“ löschen?</translation>
    </message>
    <message>
        <source>Clear the whole record, of all accounts?</source>
        <translation>Die ganze Aufzeichnung löschen, von allen Konten?</translation>
    </message>
    <message>
        <source>This can&apos;t be undone.</source>
        <translation>Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>latchkey::ActivityModel</name>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
</context>
<context>
    <name>latchkey::Banner</name>
    <message>
        <source>Dismiss message</source>
        <translation>Meldung ausblenden</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>latchkey::Demo</name>
    <message>
        <source>The program latchkey-simulator, which plays the vendors, was not found.</source>
        <translation>Das Programm latchkey-simulator, das die Anbieter spielt, wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>The program latchkey-simulator could not be started.</source>
        <translation>Das Programm latchkey-simulator konnte nicht gestartet werden.</translation>
    </message>
    <message>
        <source>The simulator did not accept the demo&apos;s accounts.</source>
        <translation>Der Simulator hat die Konten der Demo nicht angenommen.</translation>
    </message>
</context>
<context>
    <name>latchkey::DoctorDialog</name>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Doctor: %1</source>
        <translation>Diagnose: %1</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Looks whether everything is there that signing in and refreshing needs. Sends no secret.</source>
        <translation>Prüft, ob alles da ist, was Anmelden und Aktualisieren brauchen. Sendet kein Geheimnis.</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>Prüfung läuft</translation>
    </message>
    <message>
        <source>Puts the findings into the clipboard as text, without any secret</source>
        <translation>Legt die Befunde als Text in die Zwischenablage, ohne jedes Geheimnis</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) keep Latchkey from working.</source>
        <translation>
            <numerusform>%n Befund hindert Latchkey an der Arbeit.</numerusform>
            <numerusform>%n Befunde hindern Latchkey an der Arbeit.</numerusform>
        </translation>
    </message>
    <message>
        <source>Each says below what to do.</source>
        <translation>Unten steht jeweils, was zu tun ist.</translation>
    </message>
    <message>
        <source>Everything is as it should be.</source>
        <translation>Alles ist, wie es sein soll.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message numerus="yes">
        <source>It works, with %n warning(s).</source>
        <translation>
            <numerusform>Es funktioniert, mit %n Warnung.</numerusform>
            <numerusform>Es funktioniert, mit %n Warnungen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::EmptyState</name>
    <message>
        <source>Add your first account</source>
        <translation>Fügen Sie Ihr erstes Konto hinzu</translation>
    </message>
    <message>
        <source>Add the first account</source>
        <translation>Das erste Konto hinzufügen</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>Demo ausprobieren</translation>
    </message>
    <message>
        <source>Opens a window of its own with made-up accounts. Nothing of it is kept.</source>
        <translation>Öffnet ein eigenes Fenster mit erfundenen Konten. Nichts davon wird gespeichert.</translation>
    </message>
    <message>
        <source>No account matches</source>
        <translation>Kein Konto passt</translation>
    </message>
    <message>
        <source>Search looks at names, vendors, hosts and users.</source>
        <translation>Gesucht wird in Namen, Anbietern, Hosts und Benutzern.</translation>
    </message>
    <message>
        <source>Show all accounts</source>
        <translation>Alle Konten anzeigen</translation>
    </message>
    <message>
        <source>Latchkey signs in to Priava, Vbrick Rev and Bright Pattern, shows how long each token lives, and copies it ready for Postman. Secrets stay on this computer.</source>
        <translation>Latchkey meldet sich bei Priava, Vbrick Rev und Bright Pattern an, zeigt, wie lange jedes Token gilt, und kopiert es fertig für Postman. Geheimnisse bleiben auf diesem Computer.</translation>
    </message>
</context>
<context>
    <name>latchkey::ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Files for API clients, with tokens that live for two minutes at least.</source>
        <translation>Dateien für API-Clients, mit Token, die noch mindestens zwei Minuten gelten.</translation>
    </message>
    <message>
        <source>Tokens got</source>
        <translation>Geholte Token</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>What is written holds tokens. Only you can read it; delete it when you no longer need it.</source>
        <translation>Das Geschriebene enthält Token. Nur Sie können es lesen; löschen Sie es, wenn Sie es nicht mehr brauchen.</translation>
    </message>
    <message>
        <source>“%1” to %2</source>
        <translation>„%1“ an %2</translation>
    </message>
    <message>
        <source>Tokens would go to hosts that are not the vendor&apos;s: %1.</source>
        <translation>Token gingen an Hosts, die nicht dem Anbieter gehören: %1.</translation>
    </message>
    <message>
        <source>Export all the same</source>
        <translation>Trotzdem exportieren</translation>
    </message>
    <message numerus="yes">
        <source>Exported %n account(s) into this file:</source>
        <translation>
            <numerusform>%n Konto in diese Datei exportiert:</numerusform>
            <numerusform>%n Konten in diese Datei exportiert:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exported %n account(s) into this folder:</source>
        <translation>
            <numerusform>%n Konto in diesen Ordner exportiert:</numerusform>
            <numerusform>%n Konten in diesen Ordner exportiert:</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>“%1” cannot be exported, so nothing was written.</source>
        <translation>„%1“ lässt sich nicht exportieren, deshalb wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>These are the hosts of the accounts&apos; test addresses. Their operators can use the tokens.</source>
        <translation>Das sind die Hosts der Testadressen der Konten. Ihre Betreiber können die Token benutzen.</translation>
    </message>
</context>
<context>
    <name>latchkey::ExportFormatList</name>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
</context>
<context>
    <name>latchkey::FactList</name>
    <message>
        <source>not known; valid until refused</source>
        <translation>nicht bekannt; gültig bis zur Ablehnung</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <translation>%1, in %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>stored</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>Ausgestellt</translation>
    </message>
    <message>
        <source>Lifetime</source>
        <translation>Lebensdauer</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Scope</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>latchkey::FieldRow</name>
    <message>
        <source>%1 (optional)</source>
        <translation>%1 (optional)</translation>
    </message>
    <message>
        <source>It really is like that</source>
        <translation>Es ist wirklich so</translation>
    </message>
    <message>
        <source>%1 really is like that</source>
        <translation>%1 ist wirklich so</translation>
    </message>
</context>
<context>
    <name>latchkey::Footer</name>
    <message>
        <source>Clear now</source>
        <translation>Jetzt leeren</translation>
    </message>
    <message>
        <source>Clear the clipboard now</source>
        <translation>Zwischenablage jetzt leeren</translation>
    </message>
    <message>
        <source>The clipboard was cleared.</source>
        <translation>Die Zwischenablage wurde geleert.</translation>
    </message>
    <message>
        <source>The clipboard could not be cleared. Copy something else over it.</source>
        <translation>Die Zwischenablage konnte nicht geleert werden. Kopieren Sie etwas anderes darüber.</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Secrets in memory, for this run only</source>
        <translation>Geheimnisse im Speicher, nur für diese Sitzung</translation>
    </message>
    <message>
        <source>Secrets in the OS keychain</source>
        <translation>Geheimnisse im Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>Clipboard clears in %1 s</source>
        <translation>Zwischenablage wird in %1 s geleert</translation>
    </message>
    <message>
        <source>Secrets in the vault, locked</source>
        <translation>Geheimnisse im Tresor, gesperrt</translation>
    </message>
    <message>
        <source>Secrets in the vault, open</source>
        <translation>Geheimnisse im Tresor, offen</translation>
    </message>
    <message>
        <source>Paste it before you close Latchkey: the clipboard is cleared then too.</source>
        <translation>Fügen Sie es ein, bevor Sie Latchkey schließen: Auch dann wird die Zwischenablage geleert.</translation>
    </message>
    <message>
        <source>Lock the vault</source>
        <translation>Tresor sperren</translation>
    </message>
    <message>
        <source>No secrets are kept yet</source>
        <translation>Noch sind keine Geheimnisse gespeichert</translation>
    </message>
    <message>
        <source>There is no keychain: no secrets are kept yet</source>
        <translation>Kein Schlüsselbund da: noch sind keine Geheimnisse gespeichert</translation>
    </message>
    <message>
        <source>Secrets in the OS keychain, which is not there</source>
        <translation>Geheimnisse im Schlüsselbund des Systems, der nicht da ist</translation>
    </message>
</context>
<context>
    <name>latchkey::MainToolbar</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Export, templates, doctor, activity, settings</source>
        <translation>Export, Vorlagen, Diagnose, Aktivität, Einstellungen</translation>
    </message>
</context>
<context>
    <name>latchkey::MainWindow</name>
    <message>
        <source>The token could not be revealed.</source>
        <translation>Das Token konnte nicht gezeigt werden.</translation>
    </message>
    <message numerus="yes">
        <source>Refreshed %n account(s).</source>
        <translation>
            <numerusform>%n Konto aktualisiert.</numerusform>
            <numerusform>%n Konten aktualisiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Refreshed %1 of %2 accounts. Select one in error to see why.</source>
        <translation>%1 von %2 Konten aktualisiert. Wählen Sie eines mit Fehler, um den Grund zu sehen.</translation>
    </message>
    <message>
        <source>Stopped after %1 of %2 accounts.</source>
        <translation>Nach %1 von %2 Konten angehalten.</translation>
    </message>
    <message>
        <source>Tokens are not stored</source>
        <translation>Token sind nicht gespeichert</translation>
    </message>
    <message numerus="yes">
        <source>%n new token(s) could not be stored and will be lost.</source>
        <translation>
            <numerusform>%n neues Token konnte nicht gespeichert werden und geht verloren.</numerusform>
            <numerusform>%n neue Token konnten nicht gespeichert werden und gehen verloren.</numerusform>
        </translation>
    </message>
    <message>
        <source>You would have to sign in again. Unlock the keychain and choose “Store again” first.</source>
        <translation>Sie müssten sich neu anmelden. Entsperren Sie zuerst den Schlüsselbund, und wählen Sie „Erneut speichern“.</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Bleiben</translation>
    </message>
    <message>
        <source>Close and lose them</source>
        <translation>Schließen und verlieren</translation>
    </message>
    <message>
        <source>What was handed out could not be recorded.</source>
        <translation>Was ausgegeben wurde, konnte nicht aufgezeichnet werden.</translation>
    </message>
    <message>
        <source>The vault is locked.</source>
        <translation>Der Tresor ist gesperrt.</translation>
    </message>
</context>
<context>
    <name>latchkey::MoveSecretsDialog</name>
    <message>
        <source>Create an encrypted vault</source>
        <translation>Verschlüsselten Tresor anlegen</translation>
    </message>
    <message>
        <source>Move to an encrypted vault</source>
        <translation>In einen verschlüsselten Tresor verschieben</translation>
    </message>
    <message>
        <source>Move to the keychain</source>
        <translation>In den Schlüsselbund verschieben</translation>
    </message>
    <message>
        <source>A part of the profile that only your passphrase opens. All its secrets are kept there.</source>
        <translation>Ein Teil des Profils, den nur Ihre Passphrase öffnet. Alle seine Geheimnisse werden dort aufbewahrt.</translation>
    </message>
    <message>
        <source>A part of the profile that only your passphrase opens. All secrets are copied there and compared with the originals before it counts.</source>
        <translation>Ein Teil des Profils, den nur Ihre Passphrase öffnet. Alle Geheimnisse werden dorthin kopiert und mit den Originalen verglichen, bevor er gilt.</translation>
    </message>
    <message>
        <source>The keychain opens when you log in. All secrets are copied into it and compared with the originals before it counts.</source>
        <translation>Der Schlüsselbund öffnet sich, wenn Sie sich am Computer anmelden. Alle Geheimnisse werden hineinkopiert und mit den Originalen verglichen, bevor er gilt.</translation>
    </message>
    <message>
        <source>Progress of moving</source>
        <translation>Fortschritt des Verschiebens</translation>
    </message>
    <message>
        <source>Keep the copies</source>
        <translation>Kopien behalten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Create vault</source>
        <translation>Tresor anlegen</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>This profile has an encrypted vault already. It is used again.</source>
        <translation>Dieses Profil hat schon einen verschlüsselten Tresor. Er wird wieder benutzt.</translation>
    </message>
    <message>
        <source>Passphrase of the vault</source>
        <translation>Passphrase des Tresors</translation>
    </message>
    <message>
        <source>Putting everything back as it was…</source>
        <translation>Alles wird zurückgestellt, wie es war …</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Später entscheiden</translation>
    </message>
    <message>
        <source>Delete the copies</source>
        <translation>Kopien löschen</translation>
    </message>
    <message>
        <source>Enter the new passphrase twice first.</source>
        <translation>Geben Sie zuerst die neue Passphrase zweimal ein.</translation>
    </message>
    <message>
        <source>Enter the passphrase first.</source>
        <translation>Geben Sie zuerst die Passphrase ein.</translation>
    </message>
    <message>
        <source>Waiting until no token is on its way…</source>
        <translation>Warten, bis kein Token mehr unterwegs ist …</translation>
    </message>
    <message>
        <source>Opening the vault…</source>
        <translation>Tresor wird geöffnet …</translation>
    </message>
    <message>
        <source>Copying: %1 of %2</source>
        <translation>Kopieren: %1 von %2</translation>
    </message>
    <message>
        <source>Comparing: %1 of %2</source>
        <translation>Vergleichen: %1 von %2</translation>
    </message>
    <message>
        <source>Finishing…</source>
        <translation>Wird abgeschlossen …</translation>
    </message>
    <message>
        <source>Nothing was moved.</source>
        <translation>Nichts wurde verschoben.</translation>
    </message>
    <message>
        <source>Everything is as it was.</source>
        <translation>Alles ist, wie es war.</translation>
    </message>
    <message>
        <source>The secrets are in the encrypted vault now.</source>
        <translation>Die Geheimnisse sind jetzt im verschlüsselten Tresor.</translation>
    </message>
    <message numerus="yes">
        <source>The keychain still holds copies of %n account(s). They are not used any more, but programs that run as you can ask the keychain for them.</source>
        <translation>
            <numerusform>Der Schlüsselbund enthält noch Kopien von %n Konto. Sie werden nicht mehr benutzt; Programme, die unter Ihrem Namen laufen, können sie aber vom Schlüsselbund erfragen.</numerusform>
            <numerusform>Der Schlüsselbund enthält noch Kopien von %n Konten. Sie werden nicht mehr benutzt; Programme, die unter Ihrem Namen laufen, können sie aber vom Schlüsselbund erfragen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete the copies unless you have a reason to keep them.</source>
        <translation>Löschen Sie die Kopien, wenn Sie keinen Grund haben, sie zu behalten.</translation>
    </message>
    <message>
        <source>The secrets are in the keychain now.</source>
        <translation>Die Geheimnisse sind jetzt im Schlüsselbund.</translation>
    </message>
    <message>
        <source>Keep the vault</source>
        <translation>Tresor behalten</translation>
    </message>
    <message>
        <source>Delete the vault</source>
        <translation>Tresor löschen</translation>
    </message>
    <message>
        <source>Delete the vault unless you have a reason to keep it.</source>
        <translation>Löschen Sie den Tresor, wenn Sie keinen Grund haben, ihn zu behalten.</translation>
    </message>
    <message>
        <source>The vault is still there. It is not used any more, but anyone who has it and its passphrase can read the secrets.</source>
        <translation>Der Tresor ist noch da. Er wird nicht mehr benutzt; jeder, der ihn und seine Passphrase hat, kann die Geheimnisse aber lesen.</translation>
    </message>
</context>
<context>
    <name>latchkey::OwnRecipesDialog</name>
    <message>
        <source>Own formats</source>
        <translation>Eigene Formate</translation>
    </message>
    <message>
        <source>They stand in the Copy menu, and latchkey-cli takes them with --as.</source>
        <translation>Sie stehen im Menü „Kopieren“, und latchkey-cli nimmt sie mit --as.</translation>
    </message>
    <message>
        <source>Remove format</source>
        <translation>Format entfernen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>New format</source>
        <translation>Neues Format</translation>
    </message>
    <message>
        <source>This format is not saved.</source>
        <translation>Dieses Format ist nicht gespeichert.</translation>
    </message>
    <message>
        <source>It can&apos;t be saved as it is.</source>
        <translation>So, wie es ist, lässt es sich nicht speichern.</translation>
    </message>
    <message>
        <source>Save it</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
    <message>
        <source>This can&apos;t be undone.</source>
        <translation>Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Another format has the short name “%1” meanwhile.</source>
        <translation>Ein anderes Format hat inzwischen den Kurznamen „%1“.</translation>
    </message>
    <message>
        <source>Remove “%1”?</source>
        <translation>„%1“ entfernen?</translation>
    </message>
    <message>
        <source>This format was changed meanwhile.</source>
        <translation>Dieses Format wurde inzwischen geändert.</translation>
    </message>
    <message>
        <source>This is how it is now. Nothing was removed.</source>
        <translation>So sieht es jetzt aus. Es wurde nichts entfernt.</translation>
    </message>
</context>
<context>
    <name>latchkey::PassphraseDialog</name>
    <message>
        <source>Change the passphrase</source>
        <translation>Passphrase ändern</translation>
    </message>
    <message>
        <source>The vault opens with the new one from now on. Older copies of its file, as in a backup, still open with the present one.</source>
        <translation>Der Tresor öffnet sich von da an mit der neuen. Ältere Kopien seiner Datei, etwa in einer Sicherung, öffnen sich weiterhin mit der jetzigen.</translation>
    </message>
    <message>
        <source>Present passphrase</source>
        <translation>Jetzige Passphrase</translation>
    </message>
    <message>
        <source>Changing the passphrase</source>
        <translation>Die Passphrase wird geändert</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Change passphrase</source>
        <translation>Passphrase ändern</translation>
    </message>
    <message>
        <source>It takes about a second, and is not broken off halfway.</source>
        <translation>Es dauert etwa eine Sekunde und wird nicht mittendrin abgebrochen.</translation>
    </message>
    <message>
        <source>Enter the present passphrase, and the new one twice, first.</source>
        <translation>Geben Sie zuerst die jetzige Passphrase und zweimal die neue ein.</translation>
    </message>
</context>
<context>
    <name>latchkey::PassphraseFields</name>
    <message>
        <source>At least %1 characters. A few unusual words are easier to remember than many signs.</source>
        <translation>Mindestens %1 Zeichen. Ein paar ungewöhnliche Wörter merken Sie sich leichter als viele einzelne Zeichen.</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>Neue Passphrase</translation>
    </message>
    <message>
        <source>New passphrase again</source>
        <translation>Neue Passphrase noch einmal</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>Noch einmal dieselbe</translation>
    </message>
    <message>
        <source>The two passphrases differ: type the same one twice.</source>
        <translation>Die beiden Passphrasen sind verschieden: Geben Sie zweimal dieselbe ein.</translation>
    </message>
</context>
<context>
    <name>latchkey::PemFieldEditor</name>
    <message>
        <source>Choose file…</source>
        <translation>Datei wählen …</translation>
    </message>
    <message>
        <source>Choose file for %1</source>
        <translation>Datei wählen für %1</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Unverändert</translation>
    </message>
    <message>
        <source>Paste the key, or choose its file</source>
        <translation>Schlüssel einfügen oder seine Datei wählen</translation>
    </message>
    <message>
        <source>%1 could not be opened. Check that you may read it.</source>
        <translation>%1 konnte nicht geöffnet werden. Prüfen Sie, ob Sie die Datei lesen dürfen.</translation>
    </message>
    <message>
        <source>%1 is too large for a PEM file.</source>
        <translation>%1 ist zu groß für eine PEM-Datei.</translation>
    </message>
    <message>
        <source>%1 is no PEM file: it has no line with -----BEGIN.</source>
        <translation>%1 ist keine PEM-Datei: Es gibt darin keine Zeile mit -----BEGIN.</translation>
    </message>
    <message>
        <source>Choose a PEM file</source>
        <translation>PEM-Datei wählen</translation>
    </message>
    <message>
        <source>PEM files (*.pem *.crt *.cer *.key)</source>
        <translation>PEM-Dateien (*.pem *.crt *.cer *.key)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>latchkey::ProviderChooser</name>
    <message>
        <source>Services</source>
        <translation>Dienste</translation>
    </message>
</context>
<context>
    <name>latchkey::RecipeForm</name>
    <message>
        <source>Example account</source>
        <translation>Beispielkonto</translation>
    </message>
    <message>
        <source>Text of the format</source>
        <translation>Text des Formats</translation>
    </message>
    <message>
        <source>Insert…</source>
        <translation>Einfügen …</translation>
    </message>
    <message>
        <source>Preview with a made-up token</source>
        <translation>Vorschau mit einem erfundenen Token</translation>
    </message>
    <message>
        <source>Name in the menu</source>
        <translation>Name im Menü</translation>
    </message>
    <message>
        <source>Git credential</source>
        <translation>Git credential</translation>
    </message>
    <message>
        <source>Short name</source>
        <translation>Kurzname</translation>
    </message>
    <message>
        <source>For the command line: latchkey-cli token NAME --as SHORT-NAME</source>
        <translation>Für die Befehlszeile: latchkey-cli token NAME --as KURZNAME</translation>
    </message>
    <message>
        <source>Short name, for latchkey-cli</source>
        <translation>Kurzname, für latchkey-cli</translation>
    </message>
    <message>
        <source>Insert a place into the text</source>
        <translation>Eine Stelle in den Text einfügen</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>A place such as {{token}} is filled in. Where it stands in quotes of another language, quote it: {{token|shell}}. There is: %1.</source>
        <translation>Eine Stelle wie {{token}} wird ausgefüllt. Steht sie in Anführungszeichen einer anderen Sprache, geben Sie diese an: {{token|shell}}. Es gibt: %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::RedirectFieldEditor</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Latchkey listens on %1 while you sign in, and only then.</source>
        <translation>Latchkey lauscht auf %1, während Sie sich anmelden, und nur dann.</translation>
    </message>
    <message>
        <source>Latchkey listens on %1 with the certificate and key under More options. Without them you will paste the address the browser ends on.</source>
        <translation>Latchkey lauscht auf %1 mit dem Zertifikat und Schlüssel unter „Weitere Angaben“. Ohne diese fügen Sie die Adresse ein, auf der der Browser landet.</translation>
    </message>
    <message>
        <source>Latchkey can&apos;t receive the answer at this address: after signing in you will paste the address the browser ends on.</source>
        <translation>Latchkey kann die Antwort unter dieser Adresse nicht empfangen: Nach der Anmeldung fügen Sie die Adresse ein, auf der der Browser landet.</translation>
    </message>
</context>
<context>
    <name>latchkey::RefreshAllBar</name>
    <message>
        <source>Progress of refreshing all accounts</source>
        <translation>Fortschritt beim Aktualisieren aller Konten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel refreshing all accounts</source>
        <translation>Aktualisieren aller Konten abbrechen</translation>
    </message>
    <message>
        <source>Refreshing: %1 of %2, %3 failed</source>
        <translation>Wird aktualisiert: %1 von %2, %3 fehlgeschlagen</translation>
    </message>
    <message>
        <source>Refreshing: %1 of %2</source>
        <translation>Wird aktualisiert: %1 von %2</translation>
    </message>
</context>
<context>
    <name>latchkey::RemoveDialog</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>%1 entfernen?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Latchkey forgets the account, its token and its secrets. This can&apos;t be undone.</source>
        <translation>Latchkey vergisst das Konto, sein Token und seine Geheimnisse. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>This account was changed meanwhile.</source>
        <translation>Dieses Konto wurde inzwischen geändert.</translation>
    </message>
    <message>
        <source>Press Remove again if it is still the one.</source>
        <translation>Drücken Sie noch einmal „Entfernen“, wenn es noch das richtige ist.</translation>
    </message>
</context>
<context>
    <name>latchkey::SearchField</name>
    <message>
        <source>Search accounts, hosts, users</source>
        <translation>Konten, Hosts, Benutzer suchen</translation>
    </message>
</context>
<context>
    <name>latchkey::SecretFieldEditor</name>
    <message>
        <source>Unchanged</source>
        <translation>Unverändert</translation>
    </message>
    <message>
        <source>Hide %1</source>
        <translation>%1 verbergen</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
</context>
<context>
    <name>latchkey::SecretLineEdit</name>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>latchkey::SecretsDialog</name>
    <message>
        <source>Where secrets are kept</source>
        <translation>Ort der Geheimnisse</translation>
    </message>
    <message>
        <source>Client secrets, codes and tokens of all accounts are in one place.</source>
        <translation>Client secrets, Codes und Token aller Konten sind an einem Ort.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Change passphrase…</source>
        <translation>Passphrase ändern …</translation>
    </message>
    <message>
        <source>Change passphrase</source>
        <translation>Passphrase ändern</translation>
    </message>
    <message>
        <source>In the keychain of this computer</source>
        <translation>Im Schlüsselbund dieses Computers</translation>
    </message>
    <message>
        <source>In the keychain of this computer: %1</source>
        <translation>Im Schlüsselbund dieses Computers: %1</translation>
    </message>
    <message>
        <source>Your desktop encrypts them and opens the keychain when you log in. Programs that run as you can ask an open keychain for them.</source>
        <translation>Ihr Desktop verschlüsselt sie und öffnet den Schlüsselbund, wenn Sie sich am Computer anmelden. Programme, die unter Ihrem Namen laufen, können sie von einem offenen Schlüsselbund erfragen.</translation>
    </message>
    <message>
        <source>In memory, for this run only</source>
        <translation>Im Speicher, nur für diese Sitzung</translation>
    </message>
    <message>
        <source>They are gone when Latchkey is closed; you then sign in or enter them again.</source>
        <translation>Mit dem Schließen von Latchkey sind sie weg; Sie melden sich dann neu an oder geben sie erneut ein.</translation>
    </message>
    <message>
        <source>In an encrypted vault, which is locked</source>
        <translation>In einem verschlüsselten Tresor; er ist gesperrt</translation>
    </message>
    <message>
        <source>In an encrypted vault, which is open</source>
        <translation>In einem verschlüsselten Tresor; er ist offen</translation>
    </message>
    <message>
        <source>Only your passphrase opens it. While it is locked no secret can be read from the profile, by Latchkey or by any other program.</source>
        <translation>Nur Ihre Passphrase öffnet ihn. Solange er gesperrt ist, kann aus dem Profil kein Geheimnis gelesen werden, weder von Latchkey noch von einem anderen Programm.</translation>
    </message>
    <message>
        <source>Unlock…</source>
        <translation>Entsperren …</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>Jetzt sperren</translation>
    </message>
    <message>
        <source>Unlock the vault</source>
        <translation>Tresor entsperren</translation>
    </message>
    <message>
        <source>Lock the vault now</source>
        <translation>Tresor jetzt sperren</translation>
    </message>
    <message>
        <source>Encrypted vault</source>
        <translation>Verschlüsselter Tresor</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>Schlüsselbund</translation>
    </message>
    <message>
        <source>The keychain of this computer opens when you log in, without a passphrase of its own.</source>
        <translation>Der Schlüsselbund dieses Computers öffnet sich, wenn Sie sich am Computer anmelden, ohne eine eigene Passphrase.</translation>
    </message>
    <message>
        <source>What is in memory can&apos;t be moved. Start Latchkey again to choose an encrypted vault.</source>
        <translation>Was im Speicher ist, lässt sich nicht verschieben. Starten Sie Latchkey neu, um einen verschlüsselten Tresor zu wählen.</translation>
    </message>
    <message>
        <source>Here the secrets have no other place.</source>
        <translation>Hier gibt es keinen anderen Ort für die Geheimnisse.</translation>
    </message>
    <message>
        <source>A file that only a passphrase opens. For computers without a keychain, and to keep the secrets from other programs: it can be locked whenever you don&apos;t need it.</source>
        <translation>Eine Datei, die nur eine Passphrase öffnet. Für Computer ohne Schlüsselbund, und um die Geheimnisse vor anderen Programmen zu schützen: Der Tresor lässt sich sperren, wann immer Sie ihn nicht brauchen.</translation>
    </message>
    <message>
        <source>Move to the keychain…</source>
        <translation>In den Schlüsselbund verschieben …</translation>
    </message>
    <message>
        <source>Create an encrypted vault…</source>
        <translation>Verschlüsselten Tresor anlegen …</translation>
    </message>
    <message>
        <source>Move to an encrypted vault…</source>
        <translation>In einen verschlüsselten Tresor verschieben …</translation>
    </message>
    <message>
        <source>The secrets are in the encrypted vault now.</source>
        <translation>Die Geheimnisse sind jetzt im verschlüsselten Tresor.</translation>
    </message>
    <message>
        <source>The secrets are in the keychain now.</source>
        <translation>Die Geheimnisse sind jetzt im Schlüsselbund.</translation>
    </message>
    <message>
        <source>The passphrase was changed.</source>
        <translation>Die Passphrase wurde geändert.</translation>
    </message>
    <message>
        <source>This computer lets Latchkey lock no memory (ulimit -l). While the vault is open, what opens it may be written to swap space on the disk.</source>
        <translation>Auf diesem Computer darf Latchkey keinen Speicher sperren (ulimit -l). Solange der Tresor offen ist, kann das, was ihn öffnet, in den Auslagerungsbereich auf der Festplatte geschrieben werden.</translation>
    </message>
    <message>
        <source>Nothing is kept yet</source>
        <translation>Noch ist nichts gespeichert</translation>
    </message>
    <message>
        <source>Nothing is kept yet, and there is no keychain</source>
        <translation>Noch ist nichts gespeichert, und es gibt keinen Schlüsselbund</translation>
    </message>
    <message>
        <source>In the keychain of this computer, which is not there</source>
        <translation>Im Schlüsselbund dieses Computers, der nicht da ist</translation>
    </message>
    <message>
        <source>The first secret goes to the keychain of this computer. Your desktop encrypts it and opens it when you log in. Programs that run as you can ask an open keychain for what it holds.</source>
        <translation>Das erste Geheimnis kommt in den Schlüsselbund dieses Computers. Ihr Desktop verschlüsselt ihn und öffnet ihn, wenn Sie sich am Computer anmelden. Programme, die unter Ihrem Namen laufen, können einen offenen Schlüsselbund nach seinem Inhalt fragen.</translation>
    </message>
    <message>
        <source>Start a keychain (a Secret Service or KWallet), or have Latchkey keep the secrets in an encrypted vault.</source>
        <translation>Starten Sie einen Schlüsselbund (einen Secret Service oder KWallet), oder lassen Sie Latchkey die Geheimnisse in einem verschlüsselten Tresor aufbewahren.</translation>
    </message>
    <message>
        <source>Latchkey can read them again as soon as the keychain runs. Nothing was lost.</source>
        <translation>Latchkey kann sie wieder lesen, sobald der Schlüsselbund läuft. Es ging nichts verloren.</translation>
    </message>
</context>
<context>
    <name>latchkey::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Clear the clipboard after</source>
        <translation>Zwischenablage leeren nach</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Seconds until the clipboard is cleared</source>
        <translation>Sekunden, bis die Zwischenablage geleert wird</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>Zwischenablage</translation>
    </message>
    <message>
        <source>What was copied is taken back, unless something else is in the clipboard by then.</source>
        <translation>Das Kopierte wird zurückgenommen, falls die Zwischenablage dann nichts anderes enthält.</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>Minutes a token is shown as expiring</source>
        <translation>Minuten, in denen ein Token als ablaufend gilt</translation>
    </message>
    <message>
        <source>Show as expiring</source>
        <translation>Als ablaufend zeigen</translation>
    </message>
    <message>
        <source>A token is shown as expiring in the last tenth of its life, and at most this long before its end.</source>
        <translation>Ein Token gilt im letzten Zehntel seiner Lebensdauer als ablaufend, höchstens aber so lange vor seinem Ablauf.</translation>
    </message>
    <message>
        <source>The system&apos;s browser</source>
        <translation>Der Browser des Systems</translation>
    </message>
    <message>
        <source>Browser command</source>
        <translation>Browser-Befehl</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>No proxy</source>
        <translation>Kein Proxy</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>Dieser:</translation>
    </message>
    <message>
        <source>Proxy host</source>
        <translation>Proxy-Host</translation>
    </message>
    <message>
        <source>Proxy port</source>
        <translation>Proxy-Port</translation>
    </message>
    <message>
        <source>This computer itself is always reached directly.</source>
        <translation>Dieser Computer selbst wird immer direkt erreicht.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Own certificate authority</source>
        <translation>Eigene Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Choose file…</source>
        <translation>Datei wählen …</translation>
    </message>
    <message>
        <source>Choose file for the own certificate authority</source>
        <translation>Datei für die eigene Zertifizierungsstelle wählen</translation>
    </message>
    <message>
        <source>A PEM file of certificates that are trusted besides the system&apos;s.</source>
        <translation>Eine PEM-Datei mit Zertifikaten, denen neben denen des Systems vertraut wird.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Applies when Latchkey starts the next time.</source>
        <translation>Gilt ab dem nächsten Start von Latchkey.</translation>
    </message>
    <message>
        <source>Choose a PEM file</source>
        <translation>PEM-Datei wählen</translation>
    </message>
    <message>
        <source>PEM files (*.pem *.crt *.cer)</source>
        <translation>PEM-Dateien (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Opens the sign-in page. The address replaces %u, or is appended. For instance:
firefox --private-window %u</source>
        <translation>Öffnet die Anmeldeseite. Die Adresse ersetzt %u oder wird angehängt. Zum Beispiel:
firefox --private-window %u</translation>
    </message>
    <message>
        <source>Record what is handed out</source>
        <translation>Aufzeichnen, was ausgegeben wird</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>When, which account, in which format and to which program; never a token. To be seen and cleared under More &gt; Activity.</source>
        <translation>Wann, welches Konto, in welchem Format und an welches Programm; nie ein Token. Zu sehen und zu löschen unter Mehr &gt; Aktivität.</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>Geheimnisse</translation>
    </message>
    <message>
        <source>Locking is for an encrypted vault; a keychain is locked by the desktop.</source>
        <translation>Das Sperren gilt für einen verschlüsselten Tresor; einen Schlüsselbund sperrt der Desktop.</translation>
    </message>
    <message>
        <source>Remove the invisible character: %1 at character %2.</source>
        <translation>Entfernen Sie das unsichtbare Zeichen: %1 an Stelle %2.</translation>
    </message>
    <message>
        <source>Begin with the program that opens the page.</source>
        <translation>Beginnen Sie mit dem Programm, das die Seite öffnet.</translation>
    </message>
    <message>
        <source>There is no program %1 that can be started.</source>
        <translation>Es gibt kein Programm %1, das gestartet werden kann.</translation>
    </message>
    <message>
        <source>Enter the proxy&apos;s host.</source>
        <translation>Geben Sie den Host des Proxys ein.</translation>
    </message>
    <message>
        <source>Enter only the host, such as proxy.example.com: without http://, user or port.</source>
        <translation>Geben Sie nur den Host ein, etwa proxy.example.com: ohne http://, Benutzer oder Port.</translation>
    </message>
    <message>
        <source>The host mixes letters of several scripts, so that it looks like another name.</source>
        <translation>Der Host mischt Buchstaben mehrerer Schriften, sodass er wie ein anderer Name aussieht.</translation>
    </message>
    <message>
        <source>The file can&apos;t be opened: check its path and that you may read it.</source>
        <translation>Die Datei lässt sich nicht öffnen: Prüfen Sie den Pfad und ob Sie sie lesen dürfen.</translation>
    </message>
    <message>
        <source>The file holds no certificate in PEM format.</source>
        <translation>Die Datei enthält kein Zertifikat im PEM-Format.</translation>
    </message>
</context>
<context>
    <name>latchkey::ShutdownGuard</name>
    <message>
        <source>A new token is on its way</source>
        <translation>Ein neues Token ist unterwegs</translation>
    </message>
    <message>
        <source>Latchkey ends by itself once the token is stored.</source>
        <translation>Latchkey beendet sich von selbst, sobald das Token gespeichert ist.</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>End now</source>
        <translation>Jetzt beenden</translation>
    </message>
    <message>
        <source>If the keychain asks for its password, enter it. If you quit Latchkey now, you may have to sign in again.</source>
        <translation>Wenn der Schlüsselbund nach seinem Passwort fragt, geben Sie es ein. Wenn Sie Latchkey jetzt beenden, müssen Sie sich vielleicht noch einmal anmelden.</translation>
    </message>
</context>
<context>
    <name>latchkey::SidePanel</name>
    <message>
        <source>Select an account to see its token.</source>
        <translation>Wählen Sie ein Konto, um sein Token zu sehen.</translation>
    </message>
    <message>
        <source>Selected account</source>
        <translation>Ausgewähltes Konto</translation>
    </message>
    <message>
        <source>SETTINGS</source>
        <translation>ANGABEN</translation>
    </message>
    <message>
        <source>Refreshing…</source>
        <translation>Wird aktualisiert …</translation>
    </message>
    <message>
        <source>The vault was locked, and is open now.</source>
        <translation>Der Tresor war gesperrt und ist jetzt offen.</translation>
    </message>
</context>
<context>
    <name>latchkey::SignInDialog</name>
    <message>
        <source>the provider</source>
        <translation>dem Anbieter</translation>
    </message>
    <message>
        <source>Finish signing in in your browser. Latchkey takes the answer from there.</source>
        <translation>Schließen Sie die Anmeldung in Ihrem Browser ab. Latchkey holt die Antwort von dort.</translation>
    </message>
    <message>
        <source>Authorize Latchkey in %1, then bring the answer here.</source>
        <translation>Autorisieren Sie Latchkey bei %1, und bringen Sie die Antwort dann hierher.</translation>
    </message>
    <message>
        <source>Finish signing in in your browser, then bring the answer here.</source>
        <translation>Schließen Sie die Anmeldung in Ihrem Browser ab, und bringen Sie die Antwort dann hierher.</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>Bei %1 anmelden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The provider</source>
        <translation>Der Anbieter</translation>
    </message>
    <message>
        <source>A code arrived from the browser. Use it?</source>
        <translation>Vom Browser kam ein Code. Benutzen?</translation>
    </message>
    <message>
        <source>%1 sent it without the mark that ties it to this sign-in. Say yes only if you have just authorized Latchkey there.</source>
        <translation>%1 hat ihn ohne das Merkmal geschickt, das ihn an diese Anmeldung bindet. Sagen Sie nur Ja, wenn Sie Latchkey dort eben autorisiert haben.</translation>
    </message>
    <message>
        <source>Yes, use it</source>
        <translation>Ja, benutzen</translation>
    </message>
    <message>
        <source>An answer without Latchkey&apos;s mark was refused.</source>
        <translation>Eine Antwort ohne das Merkmal von Latchkey wurde abgelehnt.</translation>
    </message>
    <message>
        <source>Did you begin the authorization in %1 itself? Then it can&apos;t know the mark: accept the next such answer, and send it again from there.</source>
        <translation>Haben Sie die Autorisierung bei %1 selbst begonnen? Dann kann das Merkmal dort nicht bekannt sein: Nehmen Sie die nächste solche Antwort an, und senden Sie sie von dort erneut.</translation>
    </message>
    <message>
        <source>Accept the next answer</source>
        <translation>Nächste Antwort annehmen</translation>
    </message>
    <message>
        <source>The browser came with https, but the redirect URI says http.</source>
        <translation>Der Browser kam mit https, aber in der Redirect URI steht http.</translation>
    </message>
    <message>
        <source>Copy the address of the page you landed on and paste it below.</source>
        <translation>Kopieren Sie die Adresse der Seite, auf der Sie gelandet sind, und fügen Sie sie unten ein.</translation>
    </message>
    <message>
        <source>Answers of another sign-in were refused: %1</source>
        <translation>Antworten einer anderen Anmeldung wurden abgelehnt: %1</translation>
    </message>
    <message>
        <source>Finish the sign-in in the page that was opened last, or open it again.</source>
        <translation>Schließen Sie die Anmeldung auf der zuletzt geöffneten Seite ab, oder öffnen Sie diese erneut.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>The code would go to another program. Go on by pasting it?</source>
        <translation>Der Code ginge an ein anderes Programm. Mit Einfügen fortfahren?</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortfahren</translation>
    </message>
    <message>
        <source>At most one of them can be yours, and any page can send one. Better say no to each and authorize Latchkey in %1 again.</source>
        <translation>Höchstens einer davon kann Ihrer sein, und jede Seite kann einen senden. Lehnen Sie besser alle ab und autorisieren Sie Latchkey in %1 erneut.</translation>
    </message>
    <message>
        <source>No, wait on</source>
        <translation>Nein, weiter warten</translation>
    </message>
    <message>
        <source>The browser sent more than Latchkey reads, so it was not taken.</source>
        <translation>Der Browser hat mehr gesendet, als Latchkey liest; es wurde nicht angenommen.</translation>
    </message>
    <message>
        <source>Copy the address of the page you landed on and paste it below, or delete the browser&apos;s cookies of localhost and 127.0.0.1 and load that page again.</source>
        <translation>Kopieren Sie die Adresse der Seite, auf der Sie gelandet sind, und fügen Sie sie unten ein, oder löschen Sie im Browser die Cookies von localhost und 127.0.0.1 und laden Sie die Seite neu.</translation>
    </message>
    <message>
        <source>A program of another user of this computer sent an answer, which was not used.</source>
        <translation>Ein Programm eines anderen Benutzers dieses Computers hat eine Antwort gesendet; sie wurde nicht verwendet.</translation>
    </message>
    <message>
        <source>Latchkey still waits for yours. If it was yours, run browser and Latchkey as the same user, or paste the address you landed on.</source>
        <translation>Latchkey wartet weiter auf Ihre. War es Ihre, starten Sie Browser und Latchkey als derselbe Benutzer, oder fügen Sie die Adresse ein, auf der Sie gelandet sind.</translation>
    </message>
    <message>
        <source>A page sent something that is no code. Still waiting.</source>
        <translation>Eine Seite hat etwas gesendet, das kein Code ist. Latchkey wartet weiter.</translation>
    </message>
    <message>
        <source>A page said &quot;%1&quot;. Still waiting.</source>
        <translation>Eine Seite meldete „%1“. Latchkey wartet weiter.</translation>
    </message>
    <message>
        <source>Any page can send this. If you declined in %1 yourself, cancel.</source>
        <translation>Das kann jede Seite senden. Haben Sie in %1 selbst abgelehnt, brechen Sie ab.</translation>
    </message>
    <message>
        <source>Several different codes arrived from the browser. Use the first one?</source>
        <translation>Mehrere verschiedene Codes sind vom Browser gekommen. Den ersten verwenden?</translation>
    </message>
    <message>
        <source>%1 gives the token to anyone who has the code, so that program could use it before you do.</source>
        <translation>%1 gibt das Token jedem, der den Code hat; jenes Programm könnte ihn also vor Ihnen verwenden.</translation>
    </message>
</context>
<context>
    <name>latchkey::SignInPaste</name>
    <message>
        <source>Use it</source>
        <translation>Benutzen</translation>
    </message>
    <message>
        <source>Paste the page&apos;s address, or just the code</source>
        <translation>Adresse der Seite oder nur den Code einfügen</translation>
    </message>
    <message>
        <source>Redirected address or code</source>
        <translation>Adresse der Seite oder Code</translation>
    </message>
    <message>
        <source>Paste the answer</source>
        <translation>Antwort einfügen</translation>
    </message>
    <message>
        <source>Landed on another page?</source>
        <translation>Auf einer anderen Seite gelandet?</translation>
    </message>
    <message>
        <source>The address looks like %1</source>
        <translation>Die Adresse sieht so aus: %1</translation>
    </message>
</context>
<context>
    <name>latchkey::SignInSteps</name>
    <message>
        <source>Open again</source>
        <translation>Erneut öffnen</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Exchange the code for a token</source>
        <translation>Code gegen ein Token tauschen</translation>
    </message>
    <message>
        <source>The browser did not open</source>
        <translation>Der Browser ging nicht auf</translation>
    </message>
    <message>
        <source>Copy the link and open it yourself. %1</source>
        <translation>Kopieren Sie den Link, und öffnen Sie ihn selbst. %1</translation>
    </message>
    <message>
        <source>Begin at %1</source>
        <translation>Bei %1 beginnen</translation>
    </message>
    <message>
        <source>Latchkey knows no page to open: authorize it in %1 yourself.</source>
        <translation>Latchkey kennt keine Seite zum Öffnen: Autorisieren Sie es selbst bei %1.</translation>
    </message>
    <message>
        <source>The browser was not opened</source>
        <translation>Der Browser wurde nicht geöffnet</translation>
    </message>
    <message>
        <source>Browser opened</source>
        <translation>Browser geöffnet</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>Browser öffnen</translation>
    </message>
    <message>
        <source>Answer received</source>
        <translation>Antwort erhalten</translation>
    </message>
    <message>
        <source>Waiting for your answer</source>
        <translation>Warten auf Ihre Antwort</translation>
    </message>
    <message>
        <source>Waiting for the answer on %1</source>
        <translation>Warten auf die Antwort an %1</translation>
    </message>
    <message>
        <source>Waiting for you to paste the answer</source>
        <translation>Warten, dass Sie die Antwort einfügen</translation>
    </message>
    <message>
        <source>Wait for the answer on %1</source>
        <translation>Auf die Antwort an %1 warten</translation>
    </message>
    <message>
        <source>Wait for the answer</source>
        <translation>Auf die Antwort warten</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Store the token</source>
        <translation>Token speichern</translation>
    </message>
</context>
<context>
    <name>latchkey::StepRow</name>
    <message>
        <source>To come</source>
        <translation>Steht noch aus</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Achtung</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>latchkey::TargetPicker</name>
    <message>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose where to save</source>
        <translation>Speicherort wählen</translation>
    </message>
    <message>
        <source>Choose a folder to save into</source>
        <translation>Ordner zum Speichern wählen</translation>
    </message>
</context>
<context>
    <name>latchkey::TemplateExportDialog</name>
    <message>
        <source>Export templates</source>
        <translation>Vorlagen exportieren</translation>
    </message>
    <message>
        <source>Accounts without any secret, to hand to colleagues.</source>
        <translation>Konten ohne jedes Geheimnis, zum Weitergeben.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>The file holds names, addresses and client IDs, but no secret and no token. The person who imports it enters the secrets.</source>
        <translation>Die Datei enthält Namen, Adressen und Client-IDs, aber kein Geheimnis und kein Token. Die Person, die sie importiert, gibt die Geheimnisse ein.</translation>
    </message>
</context>
<context>
    <name>latchkey::TemplateImportDialog</name>
    <message>
        <source>Will be added</source>
        <translation>Wird hinzugefügt</translation>
    </message>
    <message>
        <source>There already, is kept as it is</source>
        <translation>Schon vorhanden, bleibt unverändert</translation>
    </message>
    <message>
        <source>Refused: %1</source>
        <translation>Abgelehnt: %1</translation>
    </message>
    <message>
        <source>Import templates</source>
        <translation>Vorlagen importieren</translation>
    </message>
    <message>
        <source>What %1 would add</source>
        <translation>Was %1 hinzufügen würde</translation>
    </message>
    <message>
        <source>Templates hold no secrets: enter them when you edit an account, or sign in.</source>
        <translation>Vorlagen enthalten keine Geheimnisse: Geben Sie diese beim Bearbeiten eines Kontos ein, oder melden Sie sich an.</translation>
    </message>
    <message>
        <source>There is nothing to add.</source>
        <translation>Es gibt nichts hinzuzufügen.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>Add %n account(s)</source>
        <translation>
            <numerusform>%n Konto hinzufügen</numerusform>
            <numerusform>%n Konten hinzufügen</numerusform>
        </translation>
    </message>
    <message>
        <source>Accounts in the file</source>
        <translation>Konten in der Datei</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Was geschieht</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 (Caution: %2)</source>
        <translation>%1 (Vorsicht: %2)</translation>
    </message>
    <message>
        <source>Where it leads</source>
        <translation>Wohin es führt</translation>
    </message>
</context>
<context>
    <name>latchkey::TestDialog</name>
    <message>
        <source>Test %1</source>
        <translation>%1 testen</translation>
    </message>
    <message>
        <source>One harmless request with the account&apos;s token.</source>
        <translation>Eine harmlose Anfrage mit dem Token des Kontos.</translation>
    </message>
    <message>
        <source>Waiting for the answer</source>
        <translation>Warten auf die Antwort</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>Erneut testen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Edit account</source>
        <translation>Konto bearbeiten</translation>
    </message>
    <message>
        <source>Refresh and test again</source>
        <translation>Aktualisieren und erneut testen</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Neu anmelden</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>The test would send the token to %1.</source>
        <translation>Der Test würde das Token an %1 senden.</translation>
    </message>
    <message>
        <source>Send it all the same</source>
        <translation>Trotzdem senden</translation>
    </message>
    <message>
        <source>The account&apos;s test address leads there and not to the vendor: host, port and scheme count. The server there can use the token.</source>
        <translation>Die Testadresse des Kontos führt dorthin und nicht zum Anbieter: Host, Port und Schema zählen. Der Server dort kann das Token benutzen.</translation>
    </message>
</context>
<context>
    <name>latchkey::TokenView</name>
    <message>
        <source>Revealed token</source>
        <translation>Gezeigtes Token</translation>
    </message>
    <message>
        <source>no token</source>
        <translation>kein Token</translation>
    </message>
    <message>
        <source>No token</source>
        <translation>Kein Token</translation>
    </message>
    <message>
        <source>Token, hidden</source>
        <translation>Token, verborgen</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Reveal token</source>
        <translation>Token zeigen</translation>
    </message>
    <message>
        <source>Hidden again in %1 s</source>
        <translation>In %1 s wieder verborgen</translation>
    </message>
    <message>
        <source>Token, shown</source>
        <translation>Token, gezeigt</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Verbergen</translation>
    </message>
    <message>
        <source>Hide token</source>
        <translation>Token verbergen</translation>
    </message>
</context>
<context>
    <name>latchkey::UnlockDialog</name>
    <message>
        <source>Unlock the vault</source>
        <translation>Tresor entsperren</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Opening the vault</source>
        <translation>Der Tresor wird geöffnet</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>The secrets of this profile are in an encrypted vault.</source>
        <translation>Die Geheimnisse dieses Profils stehen in einem verschlüsselten Tresor.</translation>
    </message>
</context>
<context>
    <name>latchkey::UrlFieldEditor</name>
    <message>
        <source>Custom</source>
        <translation>Eigene</translation>
    </message>
</context>
<context>
    <name>latchkey::VaultPreferences</name>
    <message>
        <source>Lock it when the screen locks or the computer goes to sleep</source>
        <translation>Tresor bei Bildschirmsperre und Ruhezustand sperren</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>Minutes until the vault locks</source>
        <translation>Minuten, bis der Tresor gesperrt wird</translation>
    </message>
    <message>
        <source>Where secrets are kept…</source>
        <translation>Ort der Geheimnisse …</translation>
    </message>
    <message>
        <source>Where secrets are kept</source>
        <translation>Ort der Geheimnisse</translation>
    </message>
    <message>
        <source>Lock the vault when Latchkey was not used for</source>
        <translation>Tresor sperren, wenn Latchkey nicht benutzt wurde für</translation>
    </message>
</context>
<context>
    <name>latchkey::WindowActRunner</name>
    <message numerus="yes">
        <source>Exported %n account(s).</source>
        <translation>
            <numerusform>%n Konto exportiert.</numerusform>
            <numerusform>%n Konten exportiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>The vault is open.</source>
        <translation>Der Tresor ist offen.</translation>
    </message>
    <message numerus="yes">
        <source>Exported %n template(s) to %1.</source>
        <translation>
            <numerusform>%n Vorlage nach %1 exportiert.</numerusform>
            <numerusform>%n Vorlagen nach %1 exportiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Import templates</source>
        <translation>Vorlagen importieren</translation>
    </message>
    <message>
        <source>Templates (*.json)</source>
        <translation>Vorlagen (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Nothing was imported from %1.</source>
        <translation>Aus %1 wurde nichts importiert.</translation>
    </message>
    <message numerus="yes">
        <source>Added %n account(s). Their secrets are still to be entered.</source>
        <translation>
            <numerusform>%n Konto hinzugefügt. Seine Geheimnisse sind noch einzugeben.</numerusform>
            <numerusform>%n Konten hinzugefügt. Ihre Geheimnisse sind noch einzugeben.</numerusform>
        </translation>
    </message>
    <message>
        <source>About Latchkey</source>
        <translation>Über Latchkey</translation>
    </message>
    <message>
        <source>Gets access tokens, shows how long they live, and copies them where they are needed.

Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Holt Zugriffs-Token, zeigt, wie lange sie gelten, und kopiert sie dorthin, wo sie gebraucht werden.

Freie Software unter der GNU General Public License, Version 3 oder neuer.</translation>
    </message>
</context>
<context>
    <name>latchkey::WindowBanners</name>
    <message>
        <source>This computer&apos;s clock was set forward by %1.</source>
        <translation>Die Uhr dieses Computers wurde um %1 vorgestellt.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock was set back by %1.</source>
        <translation>Die Uhr dieses Computers wurde um %1 zurückgestellt.</translation>
    </message>
    <message>
        <source>The countdowns go by the time that really passes and were not moved. If the clock was wrong when Latchkey was started, start it again. Nothing was refreshed because of it.</source>
        <translation>Die Restzeiten richten sich nach der wirklich vergehenden Zeit und wurden nicht verstellt. Ging die Uhr beim Start von Latchkey falsch, starten Sie es neu. Deswegen wurde nichts aktualisiert.</translation>
    </message>
    <message>
        <source>Secrets are kept in memory for this run.</source>
        <translation>Geheimnisse stehen für diese Sitzung nur im Speicher.</translation>
    </message>
    <message>
        <source>They are gone when Latchkey is closed; you then sign in or enter them again.</source>
        <translation>Mit dem Schließen von Latchkey sind sie weg; Sie melden sich dann neu an oder geben sie erneut ein.</translation>
    </message>
    <message numerus="yes">
        <source>%n new token(s) could not be stored.</source>
        <translation>
            <numerusform>%n neues Token konnte nicht gespeichert werden.</numerusform>
            <numerusform>%n neue Token konnten nicht gespeichert werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>They work as long as Latchkey is open; closing it now loses them. Make room or unlock the keychain, then try again.</source>
        <translation>Sie gelten, solange Latchkey offen ist; wenn Sie es jetzt schließen, gehen sie verloren. Schaffen Sie Platz oder entsperren Sie den Schlüsselbund, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Store again</source>
        <translation>Erneut speichern</translation>
    </message>
    <message>
        <source>All tokens are stored.</source>
        <translation>Alle Token sind gespeichert.</translation>
    </message>
    <message>
        <source>The tokens could not be stored.</source>
        <translation>Die Token konnten nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>Waiting for the keychain.</source>
        <translation>Warten auf den Schlüsselbund.</translation>
    </message>
    <message>
        <source>It may be asking for its password in another window. What you see here stays usable.</source>
        <translation>Vielleicht fragt er in einem anderen Fenster nach seinem Passwort. Was Sie hier sehen, bleibt benutzbar.</translation>
    </message>
    <message>
        <source>This is the demo: the vendors are simulated on this computer.</source>
        <translation>Das ist die Demo: Die Anbieter werden auf diesem Computer simuliert.</translation>
    </message>
    <message>
        <source>Sign in as “demo” with the password “demo”. Nothing is kept when the window is closed.</source>
        <translation>Melden Sie sich als „demo“ mit dem Passwort „demo“ an. Wenn das Fenster geschlossen wird, bleibt nichts davon.</translation>
    </message>
    <message>
        <source>The vault is locked.</source>
        <translation>Der Tresor ist gesperrt.</translation>
    </message>
    <message>
        <source>Tokens can be copied and refreshed once its passphrase was entered.</source>
        <translation>Token lassen sich kopieren und aktualisieren, sobald seine Passphrase eingegeben ist.</translation>
    </message>
    <message>
        <source>What was left at the old place could not be deleted.</source>
        <translation>Was am alten Ort übrig war, konnte nicht gelöscht werden.</translation>
    </message>
    <message>
        <source>What was left at the old place is deleted.</source>
        <translation>Was am alten Ort übrig war, ist gelöscht.</translation>
    </message>
    <message>
        <source>What was left at the old place stays there.</source>
        <translation>Was am alten Ort übrig ist, bleibt dort.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is behind by %1 or more.</source>
        <translation>Die Uhr dieses Computers geht um %1 oder mehr nach.</translation>
    </message>
    <message>
        <source>Some tokens were fetched later than it says it is now, so their countdowns are too long, and a vendor may refuse them earlier. Set the clock right, then start Latchkey again.</source>
        <translation>Manche Token wurden später abgeholt, als es nach ihr jetzt ist; die angezeigten Restzeiten sind daher zu lang, und ein Anbieter kann sie früher ablehnen. Stellen Sie die Uhr richtig, und starten Sie Latchkey dann neu.</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Latchkey does not run as root through sudo: it would look into root&apos;s keychain and leave root&apos;s files in your home. Start it as yourself.</source>
        <translation>Latchkey läuft nicht als root über sudo: Es sähe in den Schlüsselbund von root und ließe Dateien von root in Ihrem Home-Verzeichnis zurück. Starten Sie es unter Ihrem eigenen Namen.</translation>
    </message>
    <message>
        <source>Keeps API access tokens fresh and hands them out.</source>
        <translation>Hält API-Zugriffs-Token aktuell und gibt sie aus.</translation>
    </message>
    <message>
        <source>Keep the accounts in this folder.</source>
        <translation>Die Konten in diesem Ordner aufbewahren.</translation>
    </message>
    <message>
        <source>Sign in with this browser; %u stands for the address.</source>
        <translation>Mit diesem Browser anmelden; %u steht für die Adresse.</translation>
    </message>
    <message>
        <source>Try everything against simulated vendors.</source>
        <translation>Alles mit simulierten Anbietern ausprobieren.</translation>
    </message>
    <message>
        <source>--profile names no folder.</source>
        <translation>--profile nennt keinen Ordner.</translation>
    </message>
    <message>
        <source>Latchkey is running already, but its window does not answer.</source>
        <translation>Latchkey läuft schon, aber sein Fenster antwortet nicht.</translation>
    </message>
</context>
</TS>
