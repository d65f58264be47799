// The first thing seen: what was found, in a sentence; the worst of it; where the time went; what is not known.
function headline() {
  const [worst] = findings.filter((finding) => !finding.minor);
  if (worst) return worst.headline;
  if (report.variables.length) return NOTHING_FOUND;
  const path = longestPath();
  if (path) return `${path.operation} took ${amount(elapsedOf(path))}.`;
  const order = largestOrder();
  return order ? `${plural(order.hosts, 'host')}, ${plural(order.concurrentPairs, 'concurrent pair')} of events.` : NOTHING_SHARED;
}

const largestOrder = () => report.orders.reduce((most, one) => (most && most.events >= one.events ? most : one), undefined);

// Of a log that has neither times nor variables: how much of it is ordered.
function orderSentence() {
  const order = largestOrder();
  if (!order || report.variables.length || findings.length) return '';
  return [
    report.orders.length > 1 ? `The largest of ${number(report.orders.length)} executions: ` : '',
    `${plural(order.events, 'event')}, of which the longest chain orders ${number(order.longestChain)}. `,
    linkTo({ view: 'causal' }, 'What happened before what'), '. ', NOTHING_SHARED];
}

const NOTHING_FOUND = 'No race, no split step and no possible deadlock was found.';
const NOTHING_SHARED = 'No shared variable was recorded, so nothing can be said about races.';

function longestPath() {
  const paths = report.criticalPaths;
  return timed ? paths.reduce((longest, path) => (longest && elapsedOf(longest) >= elapsedOf(path) ? longest : path), undefined) : undefined;
}

// Of a log that has nothing but times: whose time it was, and what failed.
function timeSentence() {
  const path = longestPath();
  if (!path || report.variables.length || findings.length) return '';
  const sums = new Map();
  for (const section of path.sections) sums.set(section.service, (sums.get(section.service) ?? 0) + section.endNanos - section.startNanos);
  const [service, nanos] = [...sums].reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0]);
  const failed = tree.failed.reduce((sum, flag) => sum + flag, 0);
  return [
    report.criticalPaths.length > 1 ? `It is the longest of ${number(report.criticalPaths.length)} paths. ` : '',
    nanos ? [say(service), ` has the largest part of it: ${duration(nanos)}, ${percent(nanos / Math.max(1, elapsedOf(path)))}. `] : '',
    failed ? `${plural(failed, 'operation')} failed. ` : '',
    NOTHING_SHARED,
  ];
}

// How many of what, the surest first.
function tally() {
  const counts = new Map();
  for (const finding of findings.filter((one) => !one.minor)) {
    const what = finding.type === 'publication' ? 'unsafe publication' : `${VERDICT_WORDS[finding.verdict]} ${finding.type}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => plural(count, what));
}

const elapsed = () => log.nanos.reduce((most, nanos) => Math.max(most, nanos), 0);

const overview = {
  id: 'overview',
  title: 'Overview',
  draw(main) {
    const own = findings.filter((finding) => !finding.minor);
    const shown = own.filter((finding, i) => own.findIndex((other) => other.subject === finding.subject) === i).slice(0, 4);
    const facts = [
      plural(report.events, 'event'), plural(report.tasks, 'task'), plural(report.traces, 'trace'),
      timed ? `over ${duration(elapsed())}` : 'without times',
    ];
    put(main, 
      h('h1.headline', {}, headline()),
      h('p.lead', {}, shown[0] ? shown[0].sentence : longestPath() ? timeSentence() : orderSentence()),
      h('p.facts', {}, tally().map((what) => h('b', {}, what)), facts.map((text) => h('span', {}, text))),
      shown.length ? h('section', {}, shown.map((finding, i) => findingCard(finding, i === 0, findings.filter((other) => other.subject === finding.subject).length - 1)),
        findings.length > shown.length ? h('p', {}, linkTo({ view: 'races' }, `All ${plural(findings.length, 'finding')}, step by step`)) : '') : '',
      pathSummary(),
      unknowns());
  },
};
views.push(overview);

function pathSummary() {
  return '';
}

function unknowns() {
  const notes = report.diagnostics.map((diagnostic) => h('li', {}, h('code', {}, diagnostic.code), ' ', diagnostic.line > 0 ? `line ${diagnostic.line}: ` : '', say(diagnostic.message)));
  if (data.raced.unknownSize) notes.push(h('li', {}, `In variables, accesses of ${plural(data.raced.unknownSize, 'variable')} are not marked as raced: the log is too long to judge all.`));
  const suppressed = report.suppressed.map((one) => h('li', {}, h('code', {}, one.id), ' ', say(one.finding), ', accepted because: ', say(one.reason)));
  return [
    h('section.unknown', {}, h('h2', {}, 'What is not known'),
      notes.length ? h('ul', {}, notes) : h('p', {}, 'Nothing was dropped, malformed or left out.')),
    suppressed.length ? h('section', {}, h('h2', {}, 'Accepted findings'), h('ul', {}, suppressed)) : '',
  ];
}
