import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { open, close, readJson } from './browser.mjs';

after(close);

const VIEWS = ['overview', 'races', 'list', 'tree', 'timeline', 'causal', 'path', 'locks', 'variables', 'services', 'anomalies'];
const report = readJson('shop.json');
const squeezed = (text) => text.replace(/\s+/g, ' ').trim();

// What is on a canvas cannot be read: that something is drawn can.
const inked = (page) => page.evaluate(() => {
  const canvas = document.querySelector('.plane canvas');
  const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  return new Set(pixels).size;
});

test('the page holds the report that toJson writes, member for member', async () => {
  const page = await open('shop.html');
  const [held, first] = await page.evaluate(() => {
    const payload = JSON.parse(document.getElementById('data').textContent);
    return [window.clockwork.report, payload.firstMoment];
  });
  const exact = (path) => ({ ...path, startNanos: String(BigInt(first) + BigInt(path.startNanos)), endNanos: String(BigInt(first) + BigInt(path.endNanos)) });
  const paths = (all) => all.map((path) => ({ ...exact(path), sections: path.sections.map(exact) }));
  assert.deepEqual({ ...held, criticalPaths: paths(held.criticalPaths), completionPaths: paths(held.completionPaths) }, report);
  await page.done();
});

test('the overview says first what was found', async () => {
  const page = await open('shop.html');
  assert.match(await page.text('h1'), /An update of alice\.balance is lost\./);
  assert.match(await page.text('.lead'), /transfer 100 and transfer 200 both read 1000 and then wrote 900 and 800/);
  const facts = squeezed(await page.text('.facts'));
  for (const fact of [`${report.events} events`, `${report.tasks} tasks`, `${report.traces} traces`]) assert.ok(facts.includes(fact), facts);
  assert.deepEqual(await page.texts('.lanes .what'), ['read 1000', 'read 1000', 'write 900', 'write 800']);
  assert.match(await page.text('.unknown'), report.diagnostics.length ? new RegExp(report.diagnostics[0].code) : /Nothing was dropped/);
  await page.done();
});

test('all findings are there, step by step', async () => {
  const page = await open('shop.html', '#races');
  const all = [...report.races, ...report.deadlocks, ...report.atomicity, ...report.publications];
  assert.ok(report.races.length && report.deadlocks.length && report.publications.length && report.atomicity.length, 'the log has all kinds');
  assert.equal(await page.count('.findings li'), all.length);
  for (const finding of all) {
    await page.visit(`#races/${finding.id}`);
    assert.equal(await page.count('.findings .chosen'), 1);
    assert.ok((await page.text('article')).includes(finding.id));
    const steps = finding.witness ?? finding.steps ?? (finding.sides ? finding.sides.flatMap((side) => [...side.held, side]) : [1, 2, 3, 4]);
    assert.equal(await page.count('.lanes tbody tr'), steps.length);
  }
  await page.visit(`#races/${report.races[0].id}`);
  for (let step = 1; step <= report.races[0].witness.length; step++) {
    await page.keyboard.press('n');
    assert.equal(await page.text('.lanes .now th'), String(step));
  }
  await page.keyboard.press('p');
  assert.match(await page.hash(), /step=2/);
  await page.done();
});

test('each finding opens by its own link and by keys, though several have one id', async () => {
  const page = await open('shop.html', '#races');
  const size = await page.count('.findings li');
  assert.ok(new Set([...report.races, ...report.atomicity].map((finding) => finding.id)).size < report.races.length + report.atomicity.length, 'some share an id');
  const chosen = () => page.evaluate(() => [...document.querySelectorAll('.findings li')].findIndex((li) => li.classList.contains('chosen')));
  for (let i = 0; i < size; i++) {
    assert.equal(await chosen(), i);
    await page.keyboard.press('j');
  }
  await page.done();
});

test('the list has every event, and filters by word and by column', async () => {
  const page = await open('shop.html', '#list');
  const rows = () => page.locator('.virtual').getAttribute('aria-rowcount').then(Number);
  assert.equal(await rows(), report.events);
  const counts = {
    'alice.balance': 4, 'kind:write on:alice': 2, '-kind:write on:alice': 2, 'task:"transfer 100"': 4, 'value:900': 1,
    'service:bank kind:query': 2, 'trace:published': 4, 'is:raced on:alice': 4, 'site:Walice': 2, 'nothing at all': 0,
  };
  for (const [q, count] of Object.entries(counts)) {
    await page.fill('#filter', q);
    assert.equal(await rows(), count, q);
    assert.equal(await page.text('#matches'), `${count} of ${report.events}`);
  }
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  assert.equal(await rows(), report.events);
  await page.done();
});

test('an event tells its causes, and they are one click away', async () => {
  const { second } = report.races[0];
  const page = await open('shop.html', `#list?e=${second.event}`);
  const details = squeezed(await page.text('#details'));
  for (const part of [`#${second.event}`, second.site, second.operation, second.thread, 'Caused by']) assert.ok(details.includes(part), details);
  assert.equal(await page.count('.row.selected'), 1);
  await page.locator('#details section li a').first().click();
  assert.match(await page.hash(), /e=\d+/);
  assert.notEqual(await page.hash(), `#list?e=${second.event}`);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#details').isHidden(), true);
  await page.done();
});

test('the tree opens and closes', async () => {
  const page = await open('shop.html', '#tree');
  const rows = () => page.locator('.virtual').getAttribute('aria-rowcount').then(Number);
  const all = await rows();
  assert.ok(all >= 9, String(all));
  await page.keyboard.press('j');
  await page.keyboard.press('h');
  assert.equal(await rows(), all - 2);
  await page.keyboard.press('l');
  assert.equal(await rows(), all);
  await page.fill('#filter', 'reserve');
  assert.deepEqual([...new Set((await page.texts('.row > span:first-child')).map((row) => squeezed(row).replace(/^[▾▸] ?/, '')))], ['POST /checkout', 'reserve']);
  await page.done();
});

test('timeline and causal order are drawn, and go from event to event by keys', async () => {
  const page = await open('shop.html', '#timeline?trace=2');
  for (const view of ['timeline', 'causal']) {
    await page.visit(`#${view}?trace=2`);
    assert.ok(await inked(page) > 8, view);
    await page.keyboard.press('+');
    await page.keyboard.press('l');
    await page.keyboard.press('0');
    await page.keyboard.press('j');
    await page.keyboard.press('l');
    assert.match(await page.hash(), /e=\d+/, view);
    await page.keyboard.press('Escape');
  }
  await page.visit('#causal?trace=2&by=service');
  assert.ok(await inked(page) > 8);
  const box = await page.locator('.plane').boundingBox();
  await page.visit('#causal?trace=2');
  await page.mouse.click(box.x + 40, box.y + 24 + 15);
  assert.match(await page.hash(), /hide=\d+/, 'a click on a lane hides it');
  await page.done();
});

test("the path's bars and the flame graph's frames sum to the elapsed time, to the nanosecond", async () => {
  const page = await open('shop.html', '#path/0');
  for (let i = 0; i < report.criticalPaths.length; i++) {
    await page.visit(`#path/${i}`);
    const path = report.criticalPaths[i];
    const elapsed = BigInt(path.endNanos) - BigInt(path.startNanos);
    const bars = await page.locator('.bars tbody tr').evaluateAll((rows) => rows.map((row) => row.dataset.nanos));
    assert.equal(bars.length, path.sections.length);
    assert.equal(bars.reduce((sum, nanos) => sum + BigInt(nanos), 0n), elapsed);
    assert.match(await page.text('.bars tfoot'), /is the elapsed time, to the nanosecond/);
    assert.ok((await page.text('.bars tfoot')).includes(Number(elapsed).toLocaleString('en-US')));
    assert.ok((await page.text('h2')).includes(path.operation));
  }
  const { profile } = report;
  assert.equal(profile.frames.reduce((sum, frame) => sum + frame.selfNanos, 0), profile.elapsedNanos);
  assert.match(await page.text('p.sum'), new RegExp(`${profile.elapsedNanos.toLocaleString('en-US')} ns: the elapsed time of all paths`));
  assert.equal(await page.count('.frame'), profile.frames.filter((frame) => frame.totalNanos > 0).length);
  assert.ok(await page.count('.what-if tbody tr') > 0);
  await page.visit('#path?of=completion');
  assert.match(await page.text('.bars tfoot'), /is the elapsed time/);
  await page.done();
});

test('locks tell who waited', async () => {
  const page = await open('shop.html', '#locks/stock%20lock');
  const lock = report.contention.find((one) => one.lock === 'stock lock');
  const row = squeezed(await page.text('.pick .chosen'));
  assert.ok(row.startsWith('stock lock'), row);
  assert.equal(await page.count('.pick tbody tr'), report.contention.length);
  assert.ok((await page.text('.two')).includes(lock.waiters[0].waiter));
  assert.ok(await page.count('.lock-lanes .hold') >= 2);
  await page.done();
});

test('locks of a log without times have none', async () => {
  const page = await open('untimed.html', '#locks');
  assert.equal(await page.count('.lock-lanes .hold'), 2);
  const text = await page.text('main');
  assert.doesNotMatch(text, /\d ns/);
  await page.done();
});

test('a log without times and operations says what it has, and shows no empty boxes', async () => {
  const page = await open('untimed.html');
  assert.match(await page.text('h1'), /1 host, 0 concurrent pairs of events\./);
  assert.match(squeezed(await page.text('.lead')), /2 events, of which the longest chain orders 2\..*nothing can be said about races/);
  await page.visit('#tree');
  assert.match(await page.text('main'), /No operations were recorded/);
  assert.equal(await page.count('.virtual'), 0);
  await page.visit('#path');
  assert.match(await page.text('main'), /is the number of events on the path/);
  assert.doesNotMatch(await page.text('main'), /nanosecond/);
  await page.done();
});

test('the overview of a long path has its operations with the most time', async () => {
  const page = await open('thousands.html');
  const shares = (await page.texts('.bars tbody td.number:last-child')).map((text) => Number.parseFloat(text));
  assert.ok(shares.length <= 8 && shares.slice(0, 7).every((share, i) => i === 0 || shares[i - 1] >= share), String(shares));
  await page.done();
});

test('variables have the audit trail, and what each task knew', async () => {
  const trail = readJson('trail.json');
  const page = await open('shop.html', '#variables/alice.balance');
  assert.equal(await page.count('.virtual .row'), trail.entries.length);
  const rows = (await page.texts('.virtual .row')).map(squeezed);
  trail.entries.forEach((entry, i) => {
    assert.ok(rows[i].includes(`#${entry.access.event}`) && rows[i].includes(entry.access.value) && rows[i].includes('raced') === entry.raced, rows[i]);
  });
  for (let i = 0; i < 3; i++) await page.keyboard.press('n');
  const known = squeezed(await page.text('.known'));
  assert.match(known, /it holds 800/);
  assert.match(known, /transfer 100 900 of #\d+ does not know the last write/);
  assert.match(known, /transfer 200 800 of #\d+/);
  await page.done();
});

test('services and anomalies are those of the report', async () => {
  const page = await open('shop.html', '#services');
  const text = squeezed(await page.text('main'));
  for (const service of report.services) assert.ok(text.includes(service.name), service.name);
  assert.equal(await page.count('svg path.call'), report.calls.filter((call) => call.caller !== call.callee).length);
  await page.visit('#anomalies');
  const { found, judged } = report.anomalies;
  assert.ok(found.some((one) => one.kind === 'ERROR' && one.operation === 'charge'), JSON.stringify(found));
  assert.equal(await page.count('tbody tr'), found.length);
  assert.ok((await page.text('.lead')).includes(String(judged)));
  await page.done();
});

test('every view opens by its key, by its link and by its address', async () => {
  const page = await open('shop.html');
  for (const [i, view] of VIEWS.entries()) {
    await page.keyboard.press('1234567890-'[i]);
    assert.equal(await page.view(), `view-${view}`);
    assert.match(await page.hash(), new RegExp(`^#${view}`));
  }
  for (const view of VIEWS) {
    await page.click(`#views a[data-view="${view}"]`);
    assert.equal(await page.view(), `view-${view}`);
    const heading = await page.text('h1');
    await page.reload();
    assert.equal(await page.view(), `view-${view}`);
    assert.equal(await page.text('h1'), heading);
  }
  await page.goBack();
  assert.equal(await page.view(), `view-${VIEWS.at(-2)}`);
  await page.keyboard.press('?');
  assert.equal(await page.locator('dialog').isVisible(), true);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('dialog').isVisible(), false);
  await page.keyboard.press('/');
  await page.keyboard.type('alice');
  assert.match(await page.hash(), /q=alice/);
  await page.done();
});

test('dark and light follow the system, and change by key', async () => {
  const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await open('shop.html', '', { colorScheme: 'light' });
  const dark = await open('shop.html', '', { colorScheme: 'dark' });
  const [lightColour, darkColour] = [await background(light), await background(dark)];
  assert.notEqual(lightColour, darkColour);
  await light.keyboard.press('t');
  assert.equal(await background(light), darkColour);
  await dark.done();
  await light.done();
});

test('on paper it is light, and without what only a screen needs', async () => {
  const page = await open('shop.html', '', { colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
  assert.equal(await page.locator('#views').isVisible(), false);
  assert.equal(await page.locator('.lanes').first().isVisible(), true);
  await page.done();
});

test('nothing is wider than a phone of 390 pixels', async () => {
  for (const file of ['shop.html', 'hostile.html']) {
    const page = await open(file, '', { viewport: { width: 390, height: 844 } });
    for (const view of VIEWS) {
      await page.visit(`#${view}`);
      const [scroll, client] = await page.evaluate(() => [document.getElementById('view').scrollWidth, document.getElementById('view').clientWidth]);
      assert.ok(scroll <= client, `${view} of ${file} is ${scroll} wide`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390, view);
    }
    await page.done();
  }
});

test('what events say is text, whatever it holds', async () => {
  const page = await open('hostile.html');
  for (const view of VIEWS) {
    await page.visit(`#${view}?e=2`);
    assert.equal(await page.count('img, #view script'), 0);
    assert.ok(!/[\u202e\u0007\u2028]/.test(await page.evaluate(() => document.body.innerText)), view);
  }
  await page.visit('#list');
  const row = squeezed(await page.locator('.row').nth(1).innerText());
  assert.ok(row.includes('</script><img src=x onerror="document.title=\'broken\'">\\u202etxt.\\u0007\\u2028{{script}}'), row);
  assert.ok((await page.title()).startsWith('</script><img'));
  await page.done();
});

test('an empty log has a page that says so', async () => {
  const page = await open('empty.html');
  assert.match(await page.text('h1'), /No shared variable was recorded/);
  for (const view of VIEWS) await page.visit(`#${view}`);
  await page.done();
});

for (const [file, megabytes, seconds] of [['thousands.html', 1.5, 1], ['many.html', 8, 3]]) {
  test(`${file}: at most ${megabytes} MB, painted within ${seconds} s, filtered within 200 ms`, async () => {
    const size = statSync(file).size / 1e6;
    assert.ok(size <= megabytes, `${size} MB`);
    const page = await open(file);
    const paints = [];
    const ready = [];
    for (let load = 0; load < 3; load++) {
      if (load) await page.reload();
      paints.push(await page.evaluate(() => new Promise((done) => {
        const first = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
        const look = () => (first() ? done(first()) : setTimeout(look, 20));
        look();
      })));
      ready.push(await page.evaluate(() => performance.getEntriesByName('clockwork-ready')[0].startTime));
    }
    const painted = Math.max(Math.min(...paints), Math.min(...ready));
    await page.visit('#list');
    // Of three rounds the fastest: others may keep the machine busy meanwhile.
    const keystrokes = await page.evaluate(async () => {
      const filter = document.getElementById('filter');
      filter.focus();
      const times = [];
      for (const q of ['c', 'co', 'cou', 'counter-7', 'counter-7 kind:write', 'operation task:shop', '']) {
        const rounds = [];
        for (let round = 0; round < 3; round++) {
          filter.value = `${q} `.repeat(round + 1);
          const start = performance.now();
          filter.dispatchEvent(new Event('input'));
          await new Promise((done) => { requestAnimationFrame(() => setTimeout(done, 0)); });
          rounds.push(performance.now() - start);
        }
        times.push(Math.min(...rounds));
      }
      return times;
    });
    console.log(`${file}: ${size.toFixed(2)} MB, painted and ready after ${Math.round(painted)} ms, keystrokes ${keystrokes.map(Math.round).join(', ')} ms`);
    assert.ok(painted <= seconds * 1000, `first paint after ${painted} ms`);
    assert.ok(Math.max(...keystrokes) <= 200, `keystrokes took ${keystrokes}`);
    for (const view of VIEWS) {
      const took = await page.evaluate((next) => {
        const start = performance.now();
        location.hash = next;
        return new Promise((done) => { requestAnimationFrame(() => setTimeout(() => done(performance.now() - start), 0)); });
      }, `#${view}`);
      assert.ok(took <= 3000, `${view} took ${took} ms`);
      assert.equal(await page.view(), `view-${view}`);
    }
    await page.done();
  });
}
