// All findings in one form: what, how sure, in plain words, and the steps that show it.
const VERDICT_WORDS = {
  CERTAIN: 'certain',
  LIKELY: 'likely',
  POSSIBLE: 'possible',
};
const RANK = { CERTAIN: 0, LIKELY: 1, POSSIBLE: 2 };

// Names that are nothing but numbers are not taken for counts.
const whoOf = (access) => {
  const name = access.operation || access.task || String(access.taskNumber);
  return /^\d+$/.test(name) ? `task ${name}` : name;
};
const known = (access) => access.value !== undefined;

const findings = (() => {
  const racing = new Set(report.races.map((race) => race.variable));
  const all = [
    ...report.races.map(raceFinding),
    ...report.deadlocks.map(deadlockFinding),
    ...report.atomicity.map((violation) => splitFinding(violation, racing)),
    ...report.publications.map(publicationFinding),
  ];
  // A split step on a variable that races needs the same lock: it comes after what stands for itself.
  const sorted = all
    .map((finding, i) => ({ finding, i }))
    .sort((a, b) => a.finding.minor - b.finding.minor || RANK[a.finding.verdict] - RANK[b.finding.verdict] || a.i - b.i)
    .map(({ finding }) => finding);
  // Ids have no lines, so that they stay: findings at other lines of one file share one. An address tells them apart.
  const times = new Map();
  for (const finding of sorted) {
    const time = (times.get(finding.id) ?? 0) + 1;
    times.set(finding.id, time);
    finding.key = time === 1 ? finding.id : `${finding.id}.${time}`;
  }
  return sorted;
})();

function raceFinding(race) {
  const [a, b] = [race.first, race.second];
  const titles = {
    LOST_UPDATE: 'Lost update',
    WRITE_WRITE: 'Two writes, no order',
    READ_WRITE: 'Read and write, no order',
  };
  return {
    id: race.id,
    type: 'race',
    minor: false,
    verdict: race.verdict,
    title: titles[race.kind],
    subject: race.variable,
    count: race.count,
    headline: {
      LOST_UPDATE: `An update of ${race.variable} ${race.verdict === 'CERTAIN' ? 'is' : 'may be'} lost.`,
      WRITE_WRITE: `Two writes of ${race.variable} ${race.verdict === 'CERTAIN' ? '' : 'may '}race.`,
      READ_WRITE: `A read and a write of ${race.variable} ${race.verdict === 'CERTAIN' ? '' : 'may '}race.`,
    }[race.kind],
    sentence: raceSentence(race, a, b),
    reason: {
      CERTAIN: 'Nothing orders them: no fork, join, message or lock leads from one to the other.',
      LIKELY: 'Nothing recorded orders them, but an earlier race would have to go the other way first.',
      POSSIBLE: "Only this run's timing ordered them, and no lock was held at both: in another run they may overlap.",
    }[race.verdict],
    steps: race.witness.map((access) => ({ access, variable: race.variable })),
    events: [a.event, b.event],
  };
}

function raceSentence(race, a, b) {
  const [who, other] = [whoOf(a), whoOf(b)];
  if (race.kind === 'LOST_UPDATE') {
    const reads = race.witness.filter((access) => access.access === 'read' && known(access));
    const writes = race.witness.filter((access) => access.access === 'write' && known(access));
    if (reads.length && writes.length > 1) {
      return `${who} and ${other} both read ${reads[0].value} and then wrote ${writes.map((w) => w.value).join(' and ')}: one of the two updates is lost.`;
    }
    return `${who} and ${other} both start from the same value: one of the two updates is lost.`;
  }
  if (race.kind === 'WRITE_WRITE') return `${who} and ${other} both write it: which value stays depends on timing.`;
  const [reader, writer] = a.access === 'read' ? [who, other] : [other, who];
  return `${reader} reads what ${writer} writes: what it sees depends on timing.`;
}

function splitFinding(violation, racing) {
  const [first] = violation.steps;
  const between = violation.steps[1].access;
  return {
    id: violation.id,
    type: 'split step',
    minor: racing.has(first.variable),
    verdict: violation.verdict,
    title: { LOST_UPDATE: 'Split update', CHECK_THEN_ACT: 'Check, then act', NOT_SERIALIZABLE: 'Split block' }[violation.kind],
    subject: violation.block || first.variable,
    count: violation.count,
    headline: `${violation.block || first.variable} is meant as one step, and can be split.`,
    sentence: {
      LOST_UPDATE: `${whoOf(first.access)} reads and then writes; what ${whoOf(between)} writes in between is lost.`,
      CHECK_THEN_ACT: `${whoOf(first.access)} acts on a value that ${whoOf(between)} replaces in between.`,
      NOT_SERIALIZABLE: `${whoOf(between)} comes between the steps of ${whoOf(first.access)}: no order of whole blocks gives what happened.`,
    }[violation.kind],
    reason: violation.verdict === 'CERTAIN'
      ? "An order of this run's events that keeps all its sync has the other access in between."
      : "Only this run's timing kept them apart; no lock was held all the while.",
    steps: violation.steps,
    events: violation.steps.map((step) => step.access.event),
  };
}

function publicationFinding(publication) {
  const { written, published, seen, read } = publication;
  return {
    id: publication.id,
    type: 'publication',
    minor: false,
    verdict: 'POSSIBLE',
    title: 'Published without sync',
    subject: publication.content,
    count: publication.count,
    headline: `${publication.content} is published without sync.`,
    sentence: `${whoOf(read)} reached ${publication.content} by ${publication.reference}, which ${whoOf(written)} wrote without sync: it may see old content.`,
    reason: 'Nothing orders the content before the reader: a lock, a volatile reference or a queue would.',
    steps: [
      { access: written, variable: publication.content, label: 'written' },
      { access: published, variable: publication.reference, label: 'published' },
      { access: seen, variable: publication.reference, label: 'seen' },
      { access: read, variable: publication.content, label: 'read' },
    ],
    events: [written.event, read.event],
  };
}

function deadlockFinding(deadlock) {
  const { sides } = deadlock;
  const steps = [
    ...sides.flatMap((side) => side.held.map((held) => ({
      access: { ...side, event: held.event, site: held.site, locks: [] }, variable: held.lock, label: held.shared ? 'gets (shared)' : 'gets',
    }))),
    ...sides.map((side) => ({ access: { ...side, locks: [] }, variable: side.lock, label: side.shared ? 'asks for (shared)' : 'asks for', waits: true })),
  ];
  return {
    id: deadlock.id,
    type: 'deadlock',
    minor: false,
    verdict: deadlock.verdict,
    title: 'Deadlock',
    subject: sides.map((side) => side.lock).join(', '),
    count: deadlock.count,
    headline: `${plural(sides.length, 'task')} can wait for each other forever.`,
    sentence: sides.map((side, i) => `${whoOf(side)} waits for ${side.lock}, which ${whoOf(sides[(i + 1) % sides.length])} holds`).join('; ') + '.',
    reason: deadlock.verdict === 'CERTAIN'
      ? "An order of this run's events leads all of them there: from then on none goes on."
      : 'Neither causality nor a common lock keeps them from meeting there.',
    steps,
    events: sides.map((side) => side.event),
  };
}

const badge = (verdict) => h(`span.badge.${verdict.toLowerCase()}`, {}, h('i', { 'aria-hidden': 'true' }), VERDICT_WORDS[verdict]);
const hueMark = (task) => h('i.mark', { style: { background: `var(--hue-${taskHue(task)})` }, 'aria-hidden': 'true' });
const taskName = (task) => h('span.task', {}, hueMark(task), say(taskLabels[task]));
const eventLink = (event) => (event >= 0 && event < log.size
  ? h('a.event', { href: address({ e: event }), 'data-event': event }, `#${event}`) : h('span.event.none', {}, 'not recorded'));

// The steps of a finding: a lane for each task, time downwards, and what the variable holds after each step.
function lanes(finding, step = -1) {
  const tasks = [...new Set(finding.steps.map(({ access }) => access.taskNumber))].sort((a, b) => a - b);
  const values = new Map();
  const oneVariable = new Set(finding.steps.map(({ variable }) => variable)).size === 1;
  const showsState = finding.steps.some(({ access }) => known(access)) && finding.type !== 'deadlock';
  const head = tasks.map((task) => {
    const { access } = finding.steps.find((s) => s.access.taskNumber === task);
    return h('th', { scope: 'col' }, h('span.task', {}, hueMark(task), say(whoOf(access))),
      h('small', {}, say([access.service, access.thread && `thread ${access.thread}`].filter(Boolean).join(' · '))));
  });
  const body = finding.steps.map((s, i) => {
    const { access } = s;
    const state = step < 0 || i === step ? '' : i > step ? '.later' : '.earlier';
    const verb = s.label ?? access.access;
    if (access.access === 'write' && known(access)) values.set(s.variable, access.value);
    else if (access.access === 'read' && known(access) && !values.has(s.variable)) values.set(s.variable, access.value);
    const cell = h(`div.step.${access.access === 'write' || s.waits ? 'write' : 'read'}`, {},
      h('span.what', {}, `${verb} `, oneVariable && !s.label ? '' : say(s.variable, 'subject'), ' ', known(access) ? h('b', {}, say(access.value)) : ''),
      h('small', {}, say(access.site, 'site'), ' ', eventLink(access.event),
        access.locks?.length ? h('span.locks', {}, ' holds ', say(access.locks.join(', '))) : ''));
    return h(`tr${state}${i === step ? '.now' : ''}`, { 'aria-current': i === step ? 'step' : undefined },
      h('th', { scope: 'row' }, String(i + 1)),
      tasks.map((task) => h('td', { 'data-hue': taskHue(task) }, task === access.taskNumber ? cell : '')),
      showsState ? h('td.state', {}, access.access === 'write' ? say(oneVariable ? values.get(s.variable) ?? '?' : `${s.variable} = ${values.get(s.variable) ?? '?'}`) : '') : '');
  });
  return h('table.lanes', { 'aria-label': 'Step by step' },
    h('thead', {}, h('tr', {}, h('th', {}), head, showsState ? h('th.state', { scope: 'col' }, oneVariable ? say(finding.subject) : 'then holds') : '')),
    h('tbody', {}, body));
}

// `more` is how many other findings there are about the same thing.
function findingCard(finding, withSteps, more = 0) {
  return h(`article.finding.${finding.verdict.toLowerCase()}`, {},
    h('header', {}, badge(finding.verdict), h('h3', {}, linkTo({ view: 'races', argument: finding.key }, finding.title, ' on ', say(finding.subject, 'subject'))),
      finding.count > 1 ? h('small', {}, `seen ${number(finding.count)} times`) : '',
      more ? h('small', {}, `and ${plural(more, 'more finding')} about it`) : ''),
    withSteps ? '' : h('p', {}, finding.sentence),
    withSteps ? lanes(finding) : '',
    withSteps ? h('p.reason', {}, finding.reason) : '');
}
