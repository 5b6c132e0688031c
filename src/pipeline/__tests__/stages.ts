/** Stages for tests. */
import type { Stage, StageReason } from '../../api/generated';

export function makeStage(name: string, change: Partial<Stage> = {}): Stage {
  return {
    name,
    file: 'dvc.yaml',
    line: null,
    state: 'up_to_date',
    reasons: [],
    description: null,
    cmd: [],
    wdir: '.',
    deps: [],
    params: [],
    outs: [],
    metrics: [],
    plots: [],
    frozen: false,
    always_changed: false,
    notebook: null,
    module: null,
    started: null,
    duration: null,
    log_line: null,
    error: null,
    blocked_by: [],
    ...change
  };
}

export function makeReason(text: string): StageReason {
  return { kind: 'deps', text, file: null, key: null, before: null, after: null, stage: null };
}
