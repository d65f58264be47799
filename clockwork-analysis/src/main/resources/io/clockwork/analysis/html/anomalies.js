// What a baseline has not seen.
const ANOMALY_WORDS = {
  SLOW: 'slower than usual', FAST: 'faster than usual', ERROR: 'failed', MISSING_CALL: 'did not call', UNSEEN_EDGE: 'called for the first time',
  RETRY_STORM: 'retried', FAN_OUT: 'called far more often',
};
const SEVERITY_BADGES = { CRITICAL: 'certain', WARNING: 'likely', MINOR: 'possible' };

const anomaliesView = {
  id: 'anomalies',
  title: 'Anomalies',
  count: () => report.anomalies.found.length,
  draw(main) {
    put(main, h('h1', {}, 'Anomalies'));
    const { found, judged, unjudged } = report.anomalies;
    if (judged + unjudged === 0) {
      put(main, h('p.empty', {}, 'No baseline was given, so what is usual is not known. One that was learned from earlier logs tells: --baseline FILE, or Report.of(log, suppressions, baseline).'));
      return;
    }
    put(main, h('p.lead', {}, found.length ? `${number(found.length)} ${found.length === 1 ? 'anomaly' : 'anomalies'} in ${plural(judged, 'run')} of operations.` : `All ${plural(judged, 'run')} of operations were as usual.`),
      unjudged ? h('p', {}, `${plural(unjudged, 'run')} could not be judged: the baseline has too few of their operation.`) : '',
      found.length ? h('table.plain-table', {},
        tableHead('', 'operation', 'what', '>now', '>usual', '>times', 'trace'),
        h('tbody', {}, found.map((one) => {
          const inTime = one.kind === 'SLOW' || one.kind === 'FAST';
          const tell = (value) => (inTime ? duration(value) : number(value));
          return h('tr', {}, h('td', {}, h(`span.badge.${SEVERITY_BADGES[one.severity]}`, {}, h('i', { 'aria-hidden': 'true' }), one.severity.toLowerCase())),
            h('td', {}, say(one.operation), ' ', h('small', {}, say(one.service))), h('td', {}, `${ANOMALY_WORDS[one.kind]} `, say(one.callee)),
            h('td.number', {}, tell(one.value)), h('td.number', {}, tell(one.usual)), h('td.number', {}, number(one.count)),
            h('td', {}, linkTo({ view: 'list', q: `task:"${one.task}"` }, say(one.trace || one.task, 'subject'))));
        }))) : '');
  },
};
views.push(anomaliesView);
