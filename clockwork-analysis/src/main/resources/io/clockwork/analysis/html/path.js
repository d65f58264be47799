// What an operation's time was spent on: each path as bars that sum to what elapsed, what many have in common, what if.
const MANY_SECTIONS = 60;
const traceOfPath = (path) => (path.sections.length ? log.trace[path.sections[0].taskNumber] : -1);

const pathsOfTrace = (() => {
  let byTrace;
  return (trace) => {
    if (!byTrace) {
      byTrace = new Map();
      const all = report.criticalPaths.length ? report.criticalPaths : report.completionPaths;
      for (const path of all) byTrace.set(traceOfPath(path), [...(byTrace.get(traceOfPath(path)) ?? []), path]);
    }
    return byTrace.get(trace) ?? [];
  };
})();

const elapsedOf = (path) => path.endNanos - path.startNanos;
const amount = (nanos) => (timed ? duration(nanos) : plural(nanos, 'event'));
const REASONS = { RECORDED: '', INFERRED: 'may have been waited for', WAITING: 'waiting' };

const pathView = {
  id: 'path',
  title: 'Critical path',
  draw(main) {
    const completion = state.more.of === 'completion' || report.criticalPaths.length === 0;
    const paths = completion ? report.completionPaths : report.criticalPaths;
    const longest = paths.reduce((best, path, i) => (elapsedOf(path) > elapsedOf(paths[best]) ? i : best), 0);
    const at = state.argument === '' ? longest : Math.max(0, Math.min(paths.length - 1, Number(state.argument) || 0));
    put(main, h('h1', {}, 'Critical path'));
    if (paths.length === 0) {
      put(main, h('p.empty', {}, 'There is no path: no operation was recorded.'));
      return;
    }
    const chosen = paths[at];
    const move = (to) => go({ argument: String(Math.max(0, Math.min(paths.length - 1, to))) });
    put(main, 
      h('p.hint', {},
        h('button', { type: 'button', 'aria-pressed': String(!completion), disabled: report.criticalPaths.length === 0, onclick: () => go({ argument: '', more: {} }) }, 'until the answer'),
        h('button', { type: 'button', 'aria-pressed': String(completion), onclick: () => go({ argument: '', more: { of: 'completion' } }) }, 'until all is over'),
        paths.length > 1 ? h('span.chooser', {}, 'Path ',
          h('button', { type: 'button', 'aria-label': 'Path before', onclick: () => move(at - 1) }, '‹'),
          h('input', { type: 'number', min: 0, max: paths.length - 1, value: at, 'aria-label': 'Path number', onchange: (e) => move(Number(e.target.value) || 0) }),
          h('button', { type: 'button', 'aria-label': 'Next path', onclick: () => move(at + 1) }, '›'), ` of ${number(paths.length)}`) : ''),
      h('h2', {}, say(chosen.operation, 'subject'), ` took ${amount(elapsedOf(chosen))}`,
        h('small', {}, ' ', say([chosen.service, chosen.trace].filter(Boolean).join(' · ')))),
      pathBars(chosen),
      chosen.warnings.map((warning) => h('p.warning', {}, say(warning))),
      completion ? '' : [flameSection(), whatIfSection(at), heatSection()]);
  },
  keys: {
    j: () => document.querySelector('.chooser button:last-of-type')?.click(),
    k: () => document.querySelector('.chooser button')?.click(),
  },
};
views.push(pathView);

// The sections in their order, or of more than can be shown the operations: either way the rows sum to the elapsed time.
function pathRows(path, most) {
  if (path.sections.length <= most) {
    return path.sections.map((s) => ({ name: s.operation, service: s.service, note: REASONS[s.reason], nanos: s.endNanos - s.startNanos, from: s.startNanos - path.startNanos, task: s.taskNumber, reason: s.reason, count: 1 }));
  }
  const sums = new Map();
  for (const s of path.sections) {
    const key = `${s.service}\n${s.operation}\n${s.reason === 'WAITING'}`;
    const row = sums.get(key) ?? { name: s.operation, service: s.service, note: s.reason === 'WAITING' ? 'waiting' : '', nanos: 0, from: 0, task: s.taskNumber, reason: s.reason, count: 0 };
    row.nanos += s.endNanos - s.startNanos;
    row.count++;
    sums.set(key, row);
  }
  return [...sums.values()].sort((a, b) => b.nanos - a.nanos);
}

function pathBars(path, most = Infinity) {
  const all = pathRows(path, Math.min(most, MANY_SECTIONS));
  const total = elapsedOf(path);
  const shown = all.slice(0, most);
  const rest = all.slice(most).reduce((sum, row) => sum + row.nanos, 0);
  const sum = all.reduce((so, row) => so + row.nanos, 0);
  const line = (row) => h('tr', { 'data-nanos': row.nanos },
    h('td', {}, h('i.mark', { style: { background: `var(--hue-${hueOf(log.service[row.task])})` } }), linkTo({ view: 'timeline', e: byTask[firstOf[row.task]] ?? -1 }, say(row.name)),
      ' ', h('small', {}, say(row.service), row.note ? ` · ${row.note}` : '', row.count > 1 ? ` · ${number(row.count)} times` : '')),
    h('td.bar', {}, h(`i${row.reason === 'WAITING' ? '.waiting' : ''}`, { style: { left: `${row.from / Math.max(1, total) * 100}%`, width: `max(2px, ${row.nanos / Math.max(1, total) * 100}%)`, background: `var(--hue-${hueOf(log.service[row.task])})` } })),
    h('td.number', { title: timed ? exactly(row.nanos) : '' }, amount(row.nanos)),
    h('td.number', {}, percent(row.nanos / Math.max(1, total))));
  return h('table.bars', {},
    h('tbody', {}, shown.map(line), rest > 0 ? h('tr', { 'data-nanos': rest }, h('td', {}, plural(all.length - most, 'other operation')), h('td.bar'), h('td.number', {}, amount(rest)), h('td.number', {}, percent(rest / total))) : ''),
    h('tfoot', {}, h('tr', {}, h('td', {}, 'Sum'), h('td.sum', {}, sum === total ? (timed ? 'is the elapsed time, to the nanosecond' : 'is the number of events on the path') : `differs from the elapsed ${exactly(total)}`),
      h('td.number', { colspan: 2, 'data-sum': sum, 'data-elapsed': total }, timed ? exactly(sum) : amount(sum)))));
}

function pathSummary() {
  const paths = report.criticalPaths;
  if (paths.length === 0 || !timed) return '';
  const longest = paths.reduce((best, path, i) => (elapsedOf(path) > elapsedOf(paths[best]) ? i : best), 0);
  const path = paths[longest];
  return h('section', {}, h('h2', {}, 'Where the time went', h('small', {}, ' ', linkTo({ view: 'path', argument: String(longest) }, say(path.operation)), `, ${duration(elapsedOf(path))}`, paths.length > 1 ? `, the longest of ${number(paths.length)}` : '')),
    pathBars(path, 7));
}

function whatIfSection(at) {
  if (data.whatIf.length === 0) return '';
  const words = new Map([['0', 'no time at all'], ['0.5', 'half the time'], ['2', 'twice the time']]);
  const own = at < data.whatIf[0].size;
  const answer = (one) => {
    const base = own ? elapsedOf(report.criticalPaths[at]) : one.nanos;
    return {
      one,
      base,
      inOrder: own ? base + numbers(one.inOrder, one.size)[at] : one.ifInOrder,
      independent: own ? base + numbers(one.independent, one.size)[at] : one.ifIndependent,
    };
  };
  const line = ({ one, base, inOrder, independent }) => {
    const change = (nanos) => h('td.number', { title: exactly(nanos) }, duration(nanos), h('small', {}, nanos === base ? ' the same' : ` ${nanos < base ? '−' : '+'}${percent(Math.abs(nanos - base) / Math.max(1, base))}`));
    return h('tr', {}, h('td', {}, say(texts[one.operation]), ' ', h('small', {}, say(texts[one.service]))), h('td', {}, words.get(String(one.factor)) ?? `× ${one.factor}`), change(inOrder), change(independent));
  };
  const changes = data.whatIf.filter((one) => String(one.factor) === (state.more.factor ?? '0.5')).map(answer)
    .sort((a, b) => Math.abs(b.inOrder - b.base) - Math.abs(a.inOrder - a.base));
  return h('section.what-if', {}, h('h2', {}, 'What if'),
    h('p.hint', {}, 'If this operation itself took ', [...words].map(([factor, word]) => h('button', {
      type: 'button', 'aria-pressed': String((state.more.factor ?? '0.5') === factor), onclick: () => go({ more: { ...state.more, factor } }, true) }, word)),
    own ? ' this path would take' : ` all ${number(report.criticalPaths.length)} paths together would take`),
    h('table.plain-table', {}, tableHead('operation', 'with', '>if calls wait for those before', '>if calls are independent'),
      h('tbody', {}, changes.map(line))));
}

function heatSection() {
  const rowsOfHeat = report.profile.heat.slice(0, 20);
  if (report.profile.paths < 2 || rowsOfHeat.length === 0) return '';
  const most = Math.max(...rowsOfHeat.flatMap((row) => row.tenths));
  return h('section', {}, h('h2', {}, 'How its share varies over the paths'),
    h('table.heat', {}, h('thead', {}, h('tr', {}, h('th', {}, 'operation'), Array.from({ length: 10 }, (_, i) => h('th', {}, `${i * 10}–${i * 10 + 10}%`)))),
      h('tbody', {}, rowsOfHeat.map((row) => h('tr', {}, h('th', { scope: 'row' }, say(row.operation)), row.tenths.map((count) => h('td', { style: { background: `color-mix(in srgb, var(--hue-0) ${count ? 12 + 68 * Math.sqrt(count / most) : 0}%, transparent)` } }, count || '')))))));
}
