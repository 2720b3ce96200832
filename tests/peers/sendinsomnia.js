// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads an export on standard input with Insomnia's own importer, fills its templates in with the template engine
// that Insomnia uses, as it does: first the environment's values, then each request; and sends the requests.
// Prints the statuses.
'use strict';
const http = require('http');
const { convert } = require('insomnia-importers');
const nunjucks = require('nunjucks');

const engine = new nunjucks.Environment(null, { autoescape: false, throwOnUndefined: true });

function send(url, headers) {
    return new Promise((resolve, reject) => {
        http.get(url, { headers }, (answer) => {
            answer.resume();
            resolve(answer.statusCode);
        }).on('error', reject);
    });
}

async function main() {
    const { type, data } = await convert(require('fs').readFileSync(0, 'utf8'));
    if (type.id !== 'insomnia-4')
        throw new Error('read as another format');
    const { data: values } = data.resources.find((resource) => resource._type === 'environment');
    const environment = {};
    for (const [name, value] of Object.entries(values))
        environment[name] = engine.renderString(value, {});

    const statuses = [];
    for (const request of data.resources.filter((resource) => resource._type === 'request')) {
        const filledIn = (text) => engine.renderString(text, { _: environment });
        const headers = {};
        for (const { name, value } of request.headers)
            headers[name] = filledIn(value);
        statuses.push(await send(filledIn(request.url), headers));
    }
    console.log(JSON.stringify(statuses));
}

main().catch(() => process.exit(1)); // an error's text may hold a token
