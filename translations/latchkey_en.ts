<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- SPDX-FileCopyrightText: 2026 Latchkey contributors -->
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<TS version="2.1" language="en" sourcelanguage="en">
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
