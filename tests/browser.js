// browser.js CHROMIUM URL FIELD=VALUE...: open the page, fill in its form, press
// the button, and print the text of each <article> of the answer, a line each.
// Chromium is driven through a pipe, so nothing else is needed.
'use strict';
const { spawn } = require('child_process');
const [chromium, url, ...fields] = process.argv.slice(2);
const browser = spawn(chromium, ['--headless', '--no-sandbox', '--disable-gpu',
	'--remote-debugging-pipe', '--user-data-dir=' + process.env.HOME +
	'/profile', 'about:blank'],
	{ stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
const waiting = new Map();
let last = 0, rest = '', session;

function fail(why) {
	console.error(why);
	browser.kill('SIGKILL');
	process.exit(1);
}
browser.on('error', fail);
browser.on('exit', () => fail('the browser has ended'));
browser.stdio[4].on('data', (bytes) => {
	const parts = (rest + bytes).split('\0');
	rest = parts.pop();
	for (const part of parts) {
		const answer = JSON.parse(part);
		const take = waiting.get(answer.id);
		waiting.delete(answer.id);
		if (answer.error)
			fail(JSON.stringify(answer.error));
		else if (take)
			take(answer.result);
	}
});

function send(method, params = {}) {
	const id = ++last;
	browser.stdio[3].write(JSON.stringify({ id, method, params,
		sessionId: session }) + '\0');
	return new Promise((take) => waiting.set(id, take));
}

async function run(expression) {
	const got = await send('Runtime.evaluate', { expression,
		returnByValue: true });
	if (got.exceptionDetails)
		fail(JSON.stringify(got.exceptionDetails));
	return got.result.value;
}

async function until(expression) {
	for (let i = 0; i < 600; i++) {
		if (await run(expression))
			return;
		await new Promise((take) => setTimeout(take, 50));
	}
	fail('never: ' + expression);
}

async function main() {
	const { targetId } = await send('Target.createTarget',
		{ url: 'about:blank' });
	session = (await send('Target.attachToTarget',
		{ targetId, flatten: true })).sessionId;
	await send('Page.navigate', { url });
	await until('document.readyState == "complete" && !!document.forms[0]');
	for (const field of fields) {
		const at = field.indexOf('=');
		const name = JSON.stringify(field.slice(0, at));
		const value = field.slice(at + 1);
		await run(`document.forms[0].elements[${name}].focus()`);
		if (name == '"text"')
			await send('Input.insertText', { text: value });
		else
			await run(`document.forms[0].elements[${name}].value =
				${JSON.stringify(value)}`);
	}
	// classes are those of the model that the page was made for
	await run('document.querySelector("form button").click()');
	await until('document.readyState == "complete" && ' +
		'!!document.querySelector("article, .fault")');
	const lines = await run('Array.from(document.querySelectorAll(' +
		'"article, .fault"), (a) => a.innerText.replace(/\\s+/g, " "))');
	console.log(lines.join('\n'));
	browser.removeAllListeners('exit');
	browser.kill('SIGKILL');
	process.exit(0);
}
main().catch(fail);
