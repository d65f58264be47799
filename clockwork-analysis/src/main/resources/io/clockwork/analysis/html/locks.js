// Who waited for whom, on which lock, and when it was held.
const MOST_SHOWN = 200;
const lockTime = (nanos) => (timed ? duration(nanos) : '–');

const locksView = {
  id: 'locks',
  title: 'Locks',
  count: () => report.contention.length,
  draw(main) {
    put(main, h('h1', {}, 'Locks'));
    if (report.contention.length === 0) {
      put(main, h('p.empty', {}, 'No lock, latch, semaphore or queue was recorded.'));
      return;
    }
    const chosen = report.contention.find((lock) => lock.lock === state.argument) ?? report.contention[0];
    const most = Math.max(1, ...report.contention.map((lock) => lock.waitNanos));
    put(main, h('table.plain-table.pick', {},
      tableHead('lock', '>waited for', '', '>waits', '>longest', '>held', '>got', '>at once'),
      h('tbody', {}, report.contention.slice(0, MOST_SHOWN).map((lock) => h(`tr${lock === chosen ? '.chosen' : ''}`, {},
        h('td', {}, h('a', { href: address({ argument: lock.lock }), 'aria-current': lock === chosen ? 'true' : undefined }, say(lock.lock, 'subject'))),
        h('td.number', {}, lockTime(lock.waitNanos)), h('td.bar', {}, h('i', { style: { width: `${lock.waitNanos / most * 100}%`, background: 'var(--hue-1)' } })),
        h('td.number', {}, number(lock.waits), lock.givenUp ? ` (${number(lock.givenUp)} given up)` : ''), h('td.number', {}, lockTime(lock.longestWaitNanos)),
        h('td.number', {}, lockTime(lock.heldNanos)), h('td.number', {}, number(lock.acquires)), h('td.number', {}, lock.mostWaiting ? `${lock.mostWaiting} waiting` : ''))))),
    report.contention.length > MOST_SHOWN ? h('p', {}, `and ${number(report.contention.length - MOST_SHOWN)} more, which waited less`) : '',
    h('h2', {}, say(chosen.lock, 'subject')), lockLanes(chosen.lock),
    h('div.two', {},
      h('section', {}, h('h3', {}, 'Who waited for whom'), chosen.waiters.length ? h('ul.plain', {}, chosen.waiters.slice(0, 30).map((wait) => h('li', {},
        h('b', {}, lockTime(wait.nanos)), ' ', say(wait.waiter), ' waited for ', wait.holder ? say(wait.holder) : 'somebody that is not recorded', wait.count > 1 ? ` ${number(wait.count)} times` : '', ' ', say(wait.site, 'site')))) : h('p.empty', {}, 'Nobody waited.')),
      h('section', {}, h('h3', {}, 'Longest holds'), chosen.holders.length ? h('ul.plain', {}, chosen.holders.slice(0, 30).map((hold) => h('li', {}, h('b', {}, lockTime(hold.nanos)), ' ', say(hold.operation), ' ', say(hold.site, 'site')))) : h('p.empty', {}, 'No hold was recorded.'))));
  },
  keys: pickKeys(),
};
views.push(locksView);

// Down and up in a table of links.
function pickKeys() {
  const step = (by) => () => {
    const links = [...document.querySelectorAll('.pick a[href]')];
    const at = links.findIndex((link) => link.hasAttribute('aria-current'));
    links[Math.max(0, Math.min(links.length - 1, at + by))]?.click();
  };
  return { j: step(1), k: step(-1) };
}

// Per task when it waited for a lock and when it held it; events of one lock are told by its name.
function lockIntervals(name) {
  const subject = texts.indexOf(name);
  const lanesByTask = new Map();
  const starts = { wait: new Map(), hold: new Map() };
  const when = (event) => (timed ? log.nanos[event] : event);
  const close = (kind, task, event) => {
    const from = starts[kind].get(task);
    if (from === undefined) return;
    starts[kind].delete(task);
    if (!lanesByTask.has(task)) lanesByTask.set(task, []);
    lanesByTask.get(task).push({ kind, from: when(from), to: when(event), event: from });
  };
  for (let e = 0; e < log.size; e++) {
    if (log.subject[e] !== subject) continue;
    const task = log.task[e];
    const kind = kindOf(e);
    if (kind === 'BLOCK') starts.wait.set(task, e);
    if (kind === 'GIVE_UP' || /^(ACQUIRE|AWAIT|TAKE|PUT)/.test(kind)) close('wait', task, e);
    if (/^ACQUIRE/.test(kind) && !starts.hold.has(task)) starts.hold.set(task, e);
    if (/^RELEASE/.test(kind) || kind === 'WAIT') close('hold', task, e);
  }
  return lanesByTask;
}

function lockLanes(name) {
  const lanesByTask = [...lockIntervals(name)].slice(0, 24);
  if (lanesByTask.length === 0) return h('p.empty', {}, 'No hold of it was recorded from start to end.');
  const all = lanesByTask.flatMap(([, list]) => list);
  const from = Math.min(...all.map((one) => one.from));
  const length = Math.max(1, Math.max(...all.map((one) => one.to)) - from);
  return h('div.lock-lanes', { role: 'list', 'aria-label': 'Holds and waits' },
    lanesByTask.map(([task, list]) => h('div', { role: 'listitem' }, taskName(task), h('span.track', {}, list.slice(0, 150).map((one) => h(`a.event.${one.kind}`, {
      href: address({ e: one.event }), 'data-event': one.event, title: `${one.kind === 'wait' ? 'waited' : 'held it'} ${amount(one.to - one.from)}`,
      style: { left: `${(one.from - from) / length * 100}%`, width: `max(2px, ${(one.to - one.from) / length * 100}%)` } }))))),
    h('p.legend-row', {}, h('span.legend', {}, h('i.hold'), 'held'), h('span.legend', {}, h('i.wait'), 'waited'), ` over ${amount(length)}`));
}
