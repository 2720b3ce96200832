// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads an export on standard input with Insomnia's own importer, fills its templates in with the template engine
// that Insomnia uses, as it does (its common/render.ts): the environment's values three times over, each error passed
// over, then every text of each request, names included, and once more where a tag came out. Sends the requests and
// prints the statuses.
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
    const environment = { ...values };
    const rendered = (text) => engine.renderString(text, { ...environment, _: environment });
    for (let pass = 0; pass < 3; ++pass) {
        for (const name of Object.keys(environment)) {
            try {
                environment[name] = rendered(environment[name]);
            } catch {
                // stays as it is
            }
        }
    }
    const filledIn = (text) => {
        const once = rendered(text);
        return once.includes('{%') ? rendered(once) : once;
    };

    const statuses = [];
    for (const request of data.resources.filter((resource) => resource._type === 'request')) {
        if (filledIn(request.name) !== request.name)
            throw new Error('a name was read as a template');
        const headers = {};
        for (const { name, value } of request.headers)
            headers[name] = filledIn(value);
        statuses.push(await send(filledIn(request.url), headers));
    }
    console.log(JSON.stringify(statuses));
}

main().catch(() => process.exit(1)); // an error's text may hold a token
