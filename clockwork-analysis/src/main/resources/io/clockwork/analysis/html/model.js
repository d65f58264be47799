// The log as the views ask for it. Events are numbered in an order that agrees with every cause.
const data = JSON.parse(document.getElementById('data').textContent);
const texts = data.texts;
const report = rows(data.report, texts)[0];
const timed = data.timed;

const log = (() => {
  const { events, edges, tasks, traces } = data;
  const n = events.size;
  const column = (name) => numbers(events[name], n, Int32Array);
  const causeStart = new Int32Array(n + 1);
  const counts = numbers(edges.count, n, Int32Array);
  for (let e = 0; e < n; e++) causeStart[e + 1] = causeStart[e] + counts[e];
  const cause = numbers(edges.back, causeStart[n], Int32Array);
  for (let e = 0; e < n; e++) {
    for (let k = causeStart[e]; k < causeStart[e + 1]; k++) cause[k] = e - cause[k];
  }
  const t = tasks.size;
  const traceCount = report.traces;
  return {
    size: n,
    kind: column('kind'),
    task: column('task'),
    subject: column('subject'),
    site: column('site'),
    thread: column('thread'),
    nanos: numbers(events.nanos, n),
    value: column('value'),
    causeStart,
    cause,
    sync: numbers(edges.sync, causeStart[n], Uint8Array),
    tasks: t,
    taskName: numbers(tasks.name, t, Int32Array),
    service: numbers(tasks.service, t, Int32Array),
    trace: numbers(tasks.trace, t, Int32Array),
    origin: numbers(tasks.origin, t, Int32Array),
    link: numbers(tasks.link, t, Int32Array),
    failed: numbers(tasks.error, t, Uint8Array),
    traces: traceCount,
    traceName: numbers(traces.name, traceCount, Int32Array),
  };
})();

const raced = new Set(numbers(data.raced.event, data.raced.size));
const KIND = Object.fromEntries(data.kinds.map((name, i) => [name, i]));
const READS = new Set([KIND.READ, KIND.ATOMIC_READ, KIND.ATOMIC_UPDATE]);
const WRITES = new Set([KIND.WRITE, KIND.ATOMIC_WRITE, KIND.ATOMIC_UPDATE]);
const isAccess = (event) => READS.has(log.kind[event]) || WRITES.has(log.kind[event]);

// Per task its events, in their order: from firstOf[task] to before firstOf[task + 1] of byTask.
const [firstOf, byTask, placeOf] = (() => {
  const first = new Int32Array(log.tasks + 1);
  for (let e = 0; e < log.size; e++) first[log.task[e] + 1]++;
  for (let t = 0; t < log.tasks; t++) first[t + 1] += first[t];
  const next = first.slice();
  const events = new Int32Array(log.size);
  const places = new Int32Array(log.size);
  for (let e = 0; e < log.size; e++) {
    places[e] = next[log.task[e]]++;
    events[places[e]] = e;
  }
  return [first, events, places];
})();

const before = (event) => (placeOf[event] > firstOf[log.task[event]] ? byTask[placeOf[event] - 1] : -1);
const after = (event) => (placeOf[event] + 1 < firstOf[log.task[event] + 1] ? byTask[placeOf[event] + 1] : -1);

// Operations, numbered by their begin events, as the analysis has them: what is open when, and what set it off.
const ops = (() => {
  const begin = [];
  const end = [];
  const parent = [];
  const enclosing = new Int32Array(log.size).fill(-1);
  const outer = new Int32Array(log.tasks).fill(-1);
  const open = new Int32Array(log.tasks).fill(-1);
  const above = (task) => (open[task] >= 0 ? open[task] : outer[task]);
  for (let e = 0; e < log.size; e++) {
    const task = log.task[e];
    if (placeOf[e] === firstOf[task] && log.origin[task] >= 0) outer[task] = enclosing[log.origin[task]];
    if (log.kind[e] === KIND.BEGIN) {
      parent.push(above(task));
      open[task] = begin.length;
      begin.push(e);
      end.push(-1);
      enclosing[e] = open[task];
      continue;
    }
    enclosing[e] = above(task);
    if (log.kind[e] === KIND.END && open[task] >= 0) {
      const ended = open[task];
      end[ended] = e;
      const next = parent[ended];
      open[task] = next >= 0 && log.task[begin[next]] === task ? next : -1;
      enclosing[e] = ended;
    }
  }
  return { begin, end, parent, enclosing, size: begin.length };
})();

const opName = (op) => texts[log.subject[ops.begin[op]]];

// What people call a task: its own first operation where it has one.
const taskLabels = (() => {
  const labels = new Array(log.tasks);
  for (let op = ops.size - 1; op >= 0; op--) labels[log.task[ops.begin[op]]] = opName(op);
  for (let t = 0; t < log.tasks; t++) labels[t] = labels[t] || texts[log.taskName[t]] || `task ${t}`;
  return labels;
})();

const operationOf = (event) => {
  const op = ops.enclosing[event];
  return op >= 0 && log.task[ops.begin[op]] === log.task[event] ? opName(op) : '';
};
const kindOf = (event) => data.kinds[log.kind[event]];
const textOf = (column, event) => texts[log[column][event]];
const valueOf = (event) => (log.value[event] < 0 ? undefined : texts[log.value[event]]);

// Everything that happened before an event: one pass back over the events.
function pastOf(event) {
  const past = new Uint8Array(log.size);
  past[event] = 1;
  for (let e = event; e >= 0; e--) {
    if (!past[e]) continue;
    if (before(e) >= 0) past[before(e)] = 1;
    for (let k = log.causeStart[e]; k < log.causeStart[e + 1]; k++) past[log.cause[k]] = 1;
  }
  past[event] = 0;
  return past;
}

function futureOf(event) {
  const future = new Uint8Array(log.size);
  future[event] = 1;
  for (let e = event + 1; e < log.size; e++) {
    let reached = before(e) >= 0 && future[before(e)];
    for (let k = log.causeStart[e]; !reached && k < log.causeStart[e + 1]; k++) reached = future[log.cause[k]];
    future[e] = reached ? 1 : 0;
  }
  future[event] = 0;
  return future;
}
