<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- SPDX-FileCopyrightText: 2026 Latchkey contributors -->
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Leftovers</name>
    <message numerus="yes">
        <source>The keychain still holds copies of %n account(s).</source>
        <translation>
            <numerusform>The keychain still holds copies of %n account.</numerusform>
            <numerusform>The keychain still holds copies of %n accounts.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::DoctorDialog</name>
    <message numerus="yes">
        <source>%n thing(s) keep Latchkey from working.</source>
        <translation>
            <numerusform>%n thing keeps Latchkey from working.</numerusform>
            <numerusform>%n things keep Latchkey from working.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It works, with %n warning(s).</source>
        <translation>
            <numerusform>It works, with %n warning.</numerusform>
            <numerusform>It works, with %n warnings.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ExportDialog</name>
    <message numerus="yes">
        <source>Exported %n account(s) into this file:</source>
        <translation>
            <numerusform>Exported %n account into this file:</numerusform>
            <numerusform>Exported %n accounts into this file:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exported %n account(s) into this folder:</source>
        <translation>
            <numerusform>Exported %n account into this folder:</numerusform>
            <numerusform>Exported %n accounts into this folder:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::MainWindow</name>
    <message numerus="yes">
        <source>Refreshed %n account(s).</source>
        <translation>
            <numerusform>Refreshed %n account.</numerusform>
            <numerusform>Refreshed %n accounts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new token(s) could not be stored and will be lost.</source>
        <translation>
            <numerusform>%n new token could not be stored and will be lost.</numerusform>
            <numerusform>%n new tokens could not be stored and will be lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::MoveSecretsDialog</name>
    <message numerus="yes">
        <source>The keychain still holds copies of %n account(s). They are not used any more, but programs that run as you can ask the keychain for them.</source>
        <translation>
            <numerusform>The keychain still holds copies of %n account. They are not used any more, but programs that run as you can ask the keychain for them.</numerusform>
            <numerusform>The keychain still holds copies of %n accounts. They are not used any more, but programs that run as you can ask the keychain for them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::TemplateImportDialog</name>
    <message numerus="yes">
        <source>Add %n account(s)</source>
        <translation>
            <numerusform>Add %n account</numerusform>
            <numerusform>Add %n accounts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::WindowActRunner</name>
    <message numerus="yes">
        <source>Exported %n account(s).</source>
        <translation>
            <numerusform>Exported %n account.</numerusform>
            <numerusform>Exported %n accounts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exported %n template(s) to %1.</source>
        <translation>
            <numerusform>Exported %n template to %1.</numerusform>
            <numerusform>Exported %n templates to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Added %n account(s). Their secrets are still to be entered.</source>
        <translation>
            <numerusform>Added %n account. Its secrets are still to be entered.</numerusform>
            <numerusform>Added %n accounts. Their secrets are still to be entered.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::WindowBanners</name>
    <message numerus="yes">
        <source>%n new token(s) could not be stored.</source>
        <translation>
            <numerusform>%n new token could not be stored.</numerusform>
            <numerusform>%n new tokens could not be stored.</numerusform>
        </translation>
    </message>
</context>
</TS>
