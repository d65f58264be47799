// The first thing seen: what was found, in a sentence; the worst of it; where the time went; what is not known.
function headline() {
  const [worst] = findings.filter((finding) => !finding.minor);
  if (worst) return worst.headline;
  return report.variables.length
    ? 'Nothing races, and nobody can deadlock.'
    : 'No shared variable was recorded, so nothing can be said about races.';
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
      shown[0] ? h('p.lead', {}, shown[0].sentence) : '',
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
