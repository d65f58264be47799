// What caused what: a lane for each task, an event as far right as the longest chain that leads to it. Time plays no part.
// Pixels from an event to the next: enough for its name where there are few.
const STEP = 26;
const WIDE_STEP = 118;
const LANE = 38;

const causalView = {
  id: 'causal',
  title: 'Causal order',
  filters: true,
  draw(main) {
    this.trace = state.more.trace === 'all' || log.traces === 1 ? -1 : chosenTrace();
    this.plane = new Plane({
      label: 'Causal order: a lane for each task, an arrow for each cause',
      gutter: main.clientWidth < 620 ? 92 : 190,
      draw: (context, width, height) => this.paint(context, width, height),
      click: (x, y) => this.clicked(x, y),
      tell: (x, y) => this.tell(x, y),
    });
    const choice = (key, value, label) => h('button', { type: 'button', 'aria-pressed': String((state.more[key] ?? '') === value), onclick: () => go({ more: { ...state.more, [key]: (state.more[key] ?? '') === value ? '' : value } }) }, label);
    this.hidden = new Set((state.more.hide ?? '').split('.').filter(Boolean).map(Number));
    put(main, h('h1', {}, 'Causal order'),
      h('p.hint', {}, traceChooser(this.trace < 0 ? 0 : this.trace),
        choice('by', 'service', 'one lane a service'), choice('only', 'links', 'only what connects'),
        h('button', { type: 'button', hidden: this.hidden.size === 0, onclick: () => go({ more: { ...state.more, hide: '' } }) }, `show ${this.hidden.size} hidden`), this.plane.tools),
      h('p.legend-row', {}, 'Select an event: ', h('span.legend', {}, h('i.past'), 'happened before it'), h('span.legend', {}, h('i.future'), 'after it'),
        h('span.legend', {}, h('i.beside'), 'concurrent'), h('span.legend', {}, h('i.raced'), 'raced'), ' A click on a lane hides it.'),
      this.plane.element);
    this.layOut();
    this.plane.fit(0, this.plane.inner() / Math.max(STEP, Math.min(WIDE_STEP, this.plane.inner() / this.plane.extent)));
    this.reveal();
  },
  refresh() {
    const key = JSON.stringify([state.more.by, state.more.only, state.more.hide, state.more.trace]);
    if (key !== this.key) {
      byId('view').replaceChildren();
      this.draw(byId('view'));
      return;
    }
    this.plane.paint();
  },
  repaint() {
    this.plane.paint();
  },
  layOut() {
    this.key = JSON.stringify([state.more.by, state.more.only, state.more.hide, state.more.trace]);
    const byService = state.more.by === 'service';
    const connects = state.more.only === 'links' ? linked() : undefined;
    const laneOfTask = new Int32Array(log.tasks).fill(-1);
    this.lanes = [];
    const ofService = new Map();
    const tasks = this.trace < 0 ? Array.from({ length: log.traces }, (_, t) => tasksOf(t)).flat() : tasksOf(this.trace);
    for (const task of tasks) {
      const key = byService ? log.service[task] : task;
      if (this.hidden.has(key)) continue;
      let lane = byService ? ofService.get(key) : undefined;
      if (lane === undefined) {
        lane = this.lanes.length;
        ofService.set(key, lane);
        this.lanes.push({ key, task, label: byService ? texts[log.service[task]] : taskLabels[task] });
      }
      laneOfTask[task] = lane;
    }
    // Events of one lane stand beside each other even if their tasks are concurrent: the lane's last place counts too.
    this.layer = new Int32Array(log.size).fill(-1);
    const rank = new Int32Array(log.size).fill(-1);
    const lastOfTask = new Int32Array(log.tasks).fill(-1);
    const lastOfLane = new Int32Array(this.lanes.length).fill(-1);
    this.events = [];
    let most = 0;
    for (let e = 0; e < log.size; e++) {
      const task = log.task[e];
      let at = lastOfTask[task];
      for (let k = log.causeStart[e]; k < log.causeStart[e + 1]; k++) at = Math.max(at, rank[log.cause[k]]);
      const lane = laneOfTask[task];
      if (lane >= 0 && (!connects || connects[e])) {
        at = Math.max(at + 1, byService ? lastOfLane[lane] + 1 : 0);
        lastOfLane[lane] = at;
        this.layer[e] = at;
        this.events.push(e);
        most = Math.max(most, at);
      }
      rank[e] = at;
      lastOfTask[task] = at;
    }
    this.events.sort((a, b) => this.layer[a] - this.layer[b] || a - b);
    this.laneOfTask = laneOfTask;
    this.plane.extent = most + 2;
    this.plane.height = this.lanes.length * LANE + AXIS + 12;
    this.plane.element.style.height = `${Math.max(160, Math.min(this.plane.height, innerHeight - 260))}px`;
  },
  y(event) {
    return AXIS + this.laneOfTask[log.task[event]] * LANE + LANE / 2 - this.plane.top;
  },
  x(event) {
    return this.plane.x(this.layer[event] + 0.5);
  },
  relations() {
    if (state.e < 0) return undefined;
    if (this.related?.event !== state.e) this.related = { event: state.e, past: pastOf(state.e), future: futureOf(state.e) };
    return this.related;
  },
  paint(context, width, height) {
    const { plane } = this;
    const colours = palette();
    const related = this.relations();
    const { matches } = filterEvents();
    context.clearRect(0, 0, width, height);
    this.paintLanes(context, colours, width, height);
    context.save();
    context.beginPath();
    context.rect(plane.gutter, 0, width, height);
    context.clip();
    this.paintEdges(context, colours, related, width, height);
    const perEvent = plane.inner() / plane.span;
    const radius = Math.max(1.5, Math.min(6, perEvent / 3.2));
    for (let i = this.firstEvent(plane.from - 1); i < this.events.length; i++) {
      const event = this.events[i];
      const x = this.x(event);
      if (x > width + 10) break;
      const y = this.y(event);
      if (y < -10 || y > height + 10) continue;
      this.paintEvent(context, colours, event, x, y, radius, related, matches[event]);
    }
    context.restore();
  },
  paintLanes(context, colours, width, height) {
    const { plane } = this;
    context.font = `12px ${FONT}`;
    context.lineWidth = 1;
    const first = Math.max(0, Math.floor((plane.top - AXIS) / LANE));
    for (let lane = first; lane < this.lanes.length; lane++) {
      const y = AXIS + lane * LANE + LANE / 2 - plane.top;
      if (y > height + LANE) break;
      const { task, label } = this.lanes[lane];
      context.fillStyle = colours.hues[taskHue(task)];
      context.fillRect(4, y - 4, 8, 8);
      context.fillStyle = colours.soft;
      context.fillText(cutText(context, label, plane.gutter - 26), 18, y + 4);
      context.strokeStyle = colours.line;
      context.beginPath();
      context.moveTo(plane.gutter, Math.round(y) + 0.5);
      context.lineTo(width, Math.round(y) + 0.5);
      context.stroke();
    }
  },
  paintEdges(context, colours, related, width, height) {
    const strokes = { plain: new Path2D(), sync: new Path2D(), past: new Path2D(), future: new Path2D() };
    const heads = { plain: new Path2D(), sync: new Path2D(), past: new Path2D(), future: new Path2D() };
    for (let e = 0; e < log.size; e++) {
      if (this.layer[e] < 0) continue;
      for (let k = log.causeStart[e]; k < log.causeStart[e + 1]; k++) {
        const from = log.cause[k];
        if (this.layer[from] < 0 || this.layer[e] < this.plane.from - 1 || this.layer[from] > this.plane.from + this.plane.span + 1) continue;
        const [x1, y1, x2, y2] = [this.x(from), this.y(from), this.x(e), this.y(e)];
        if (Math.max(y1, y2) < 0 || Math.min(y1, y2) > height) continue;
        const inPast = related && (related.past[e] || e === related.event);
        const inFuture = related && (related.future[from] || from === related.event);
        const kind = inPast ? 'past' : inFuture ? 'future' : log.sync[k] ? 'sync' : 'plain';
        const angle = Math.atan2(y2 - y1, x2 - x1);
        const [tipX, tipY] = [x2 - Math.cos(angle) * 7, y2 - Math.sin(angle) * 7];
        strokes[kind].moveTo(x1, y1);
        strokes[kind].lineTo(tipX, tipY);
        heads[kind].moveTo(tipX, tipY);
        heads[kind].lineTo(tipX - Math.cos(angle - 0.4) * 7, tipY - Math.sin(angle - 0.4) * 7);
        heads[kind].lineTo(tipX - Math.cos(angle + 0.4) * 7, tipY - Math.sin(angle + 0.4) * 7);
        heads[kind].closePath();
      }
    }
    const looks = { plain: [colours.faint, 1, []], sync: [colours.faint, 1, [4, 3]], past: [colours.hues[0], 1.8, []], future: [colours.good, 1.8, []] };
    for (const [kind, [colour, lineWidth, dash]] of Object.entries(looks)) {
      context.globalAlpha = related && (kind === 'plain' || kind === 'sync') ? 0.35 : 1;
      context.strokeStyle = colour;
      context.fillStyle = colour;
      context.lineWidth = lineWidth;
      context.setLineDash(dash);
      context.stroke(strokes[kind]);
      context.fill(heads[kind]);
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  },
  paintEvent(context, colours, event, x, y, radius, related, matches) {
    const isSelected = event === state.e;
    const past = related?.past[event];
    const future = related?.future[event];
    context.globalAlpha = !matches ? 0.15 : related && !past && !future && !isSelected ? 0.55 : 1;
    context.fillStyle = isSelected ? colours.accent : past ? colours.hues[0] : future ? colours.good : colours.hues[taskHue(log.task[event])];
    context.beginPath();
    if (WRITES.has(log.kind[event])) context.rect(x - radius, y - radius, radius * 2, radius * 2);
    else if (related && !past && !future && !isSelected) context.arc(x, y, radius * 0.8, 0, 7);
    else context.arc(x, y, radius, 0, 7);
    context.fill();
    if (raced.has(event) || isSelected) {
      context.globalAlpha = 1;
      context.strokeStyle = isSelected ? colours.ink : colours.certain;
      context.lineWidth = 2;
      context.beginPath();
      context.arc(x, y, radius + 4, 0, 7);
      context.stroke();
    }
    context.globalAlpha = 1;
    const room = this.plane.inner() / this.plane.span;
    if (room > 42) {
      context.font = `10.5px ${FONT}`;
      context.fillStyle = colours.soft;
      context.fillText(cutText(context, `${verbOf(event)} ${valueOf(event) ?? textOf('subject', event)}`, room - 6), x - radius, y - 11);
    }
  },
  firstEvent(layer) {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.layer[this.events[middle]] < layer) low = middle + 1;
      else high = middle;
    }
    return low;
  },
  at(x, y) {
    if (x < this.plane.gutter) return undefined;
    const reach = Math.max(0.6, 10 / (this.plane.inner() / this.plane.span));
    let nearest;
    let best = 14;
    for (let i = this.firstEvent(Math.floor(this.plane.unit(x) - 1 - reach)); i < this.events.length; i++) {
      const event = this.events[i];
      if (this.layer[event] > this.plane.unit(x) + reach) break;
      const distance = Math.hypot(this.x(event) - x, this.y(event) - y);
      if (distance < best) [nearest, best] = [event, distance];
    }
    return nearest;
  },
  clicked(x, y) {
    const lane = this.lanes[Math.floor((y + this.plane.top - AXIS) / LANE)];
    if (x < this.plane.gutter && lane) go({ more: { ...state.more, hide: [...this.hidden, lane.key].join('.') } });
    else select(this.at(x, y) ?? -1);
  },
  tell(x, y) {
    const event = this.at(x, y);
    if (event === undefined) return undefined;
    const value = valueOf(event);
    return [`#${event} ${verbOf(event)} ${textOf('subject', event)}${value === undefined ? '' : ` ${value}`}`, taskLabels[log.task[event]], textOf('site', event)];
  },
  reveal() {
    if (state.e >= 0 && this.layer[state.e] >= 0) this.plane.reveal(this.layer[state.e], this.y(state.e) + this.plane.top - LANE / 2, LANE);
  },
  // Along the task, or to what is nearest in the lane above or below.
  step(next) {
    const to = state.e < 0 ? this.events[0] : next(state.e);
    if (to === undefined || to < 0) return;
    select(to);
    this.reveal();
  },
  along(direction) {
    this.step((event) => {
      let at = direction(event);
      while (at >= 0 && this.layer[at] < 0) at = direction(at);
      return at;
    });
  },
  across(by) {
    this.step((event) => {
      const lane = this.laneOfTask[log.task[event]] + by;
      let nearest;
      for (const other of this.events) {
        if (this.laneOfTask[log.task[other]] !== lane) continue;
        const distance = Math.abs(this.layer[other] - this.layer[event]);
        if (!nearest || distance < nearest[1]) nearest = [other, distance];
      }
      return nearest?.[0];
    });
  },
  keys: {
    ...planeKeys(() => causalView.plane),
    l: () => causalView.along(after),
    h: () => causalView.along(before),
    j: () => causalView.across(1),
    k: () => causalView.across(-1),
  },
};
views.push(causalView);

// Events that have a cause or an effect in another task, and accesses that raced.
function linked() {
  const marks = new Uint8Array(log.size);
  for (let e = 0; e < log.size; e++) {
    if (raced.has(e)) marks[e] = 1;
    for (let k = log.causeStart[e]; k < log.causeStart[e + 1]; k++) {
      marks[e] = 1;
      marks[log.cause[k]] = 1;
    }
  }
  return marks;
}
