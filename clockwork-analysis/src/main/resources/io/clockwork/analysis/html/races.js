// Findings one by one: a list, and the steps of the one that is chosen.
const racesView = {
  id: 'races',
  title: 'Findings',
  count: () => findings.length,
  draw(main) {
    const chosen = Math.max(0, findings.findIndex((finding) => finding.key === state.argument));
    if (findings.length === 0) {
      put(main, h('h1', {}, 'Findings'), h('p.empty', {}, report.variables.length ? NOTHING_FOUND : NOTHING_SHARED), sharedVariables());
      return;
    }
    const finding = findings[chosen];
    const step = Math.min(Number(state.more.step ?? -1), finding.steps.length - 1);
    const goStep = (to) => go({ argument: finding.key, more: { step: String(to) } }, true);
    put(main, 
      h('h1', {}, 'Findings'),
      h('div.split', {},
        h('ol.findings', {}, windowOf(findings, chosen).map((one) => (typeof one === 'string' ? h('li.more', {}, one) : h(`li${one === finding ? '.chosen' : ''}`, {},
          h('a', { href: address({ argument: one.key, more: {} }), 'aria-current': one === finding ? 'true' : undefined },
            badge(one.verdict), h('b', {}, one.title), h('small', {}, say(one.subject, 'subject'))))))),
        h(`article.finding.${finding.verdict.toLowerCase()}`, {},
          h('header', {}, badge(finding.verdict), h('h2', {}, finding.title, ' on ', say(finding.subject, 'subject')),
            finding.count > 1 ? h('small', {}, `seen ${number(finding.count)} times`) : ''),
          h('p.lead', {}, finding.sentence),
          h('div.stepper', {},
            h('button', { type: 'button', onclick: () => goStep(Math.max(0, step < 0 ? finding.steps.length - 1 : step - 1)), title: 'Step back (p)' }, '◀'),
            h('button', { type: 'button', onclick: () => goStep(Math.min(finding.steps.length - 1, step + 1)), title: 'Step on (n)' }, '▶'),
            h('span', { 'aria-live': 'polite' }, step < 0 ? `${finding.steps.length} steps` : `step ${step + 1} of ${finding.steps.length}`)),
          lanes(finding, step),
          h('p.reason', {}, finding.reason),
          h('p.elsewhere', {}, finding.type === 'deadlock' ? '' : ['Everything that happened to ', linkTo({ view: 'variables', argument: finding.steps[0].variable }, say(finding.steps[0].variable, 'subject')), ' · '],
            h('small', {}, h('code', {}, finding.id), ' accepts it in a file of suppressions')))),
      sharedVariables());
  },
  keys: {
    n: () => document.querySelector('.stepper button:last-of-type')?.click(),
    p: () => document.querySelector('.stepper button:first-of-type')?.click(),
    j: () => document.querySelector('.findings .chosen + li a')?.click(),
    k: () => [...document.querySelectorAll('.findings li')].find((li) => li.nextElementSibling?.classList.contains('chosen'))?.querySelector('a').click(),
  },
};
views.push(racesView);

// Of many those around the chosen one; the keys go on to the others.
function windowOf(all, chosen, most = 200) {
  const first = Math.max(0, Math.min(chosen - most / 2, all.length - most));
  const last = Math.min(all.length, first + most);
  return [...(first ? [`${number(first)} before`] : []), ...all.slice(first, last), ...(last < all.length ? [`${number(all.length - last)} more`] : [])];
}

function sharedVariables() {
  const quiet = report.variables.filter((variable) => variable.races === 0);
  return quiet.length === 0 ? '' : h('section', {}, h('h2', {}, 'Shared without a race'),
    h('ul.plain', {}, quiet.slice(0, 100).map((variable) => h('li', {},
      linkTo({ view: 'variables', argument: variable.name }, say(variable.name, 'subject')),
      ` ${plural(variable.accesses, 'access')} by ${plural(variable.tasks, 'task')}, ordered by `,
      variable.commonLocks.length ? ['the lock ', say(variable.commonLocks.join(', '), 'subject')] : 'forks, joins, messages and locks')),
    quiet.length > 100 ? h('li', {}, `and ${number(quiet.length - 100)} more`) : ''));
}
