import { type ReactNode, useEffect, useRef } from "react";
import uPlot from "uplot";
import { WINDOW_SECONDS, isolated } from "../core/series";
import type { Trace } from "../core/traces";

export interface Scale {
  low: number;
  high: number;
  marks: number[];
  say: (value: number) => string;
}

interface PlotProps {
  /** All that the picture says, for who does not see it. */
  label: string;
  trace: Trace;
  scale: Scale;
  marks?: boolean | undefined;
  testId?: string;
}

const HEIGHT = 64;
const AXIS = 56;
const DASHES = [4, 4];

/** A line over two minutes, with a gap where nothing was observed. Values beyond the scale are drawn at its edge. */
export function Plot({ label, trace, scale, marks = false, testId }: PlotProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const drawn = new uPlot(options(element, scale, marks), [[], [], []], element);
    plot.current = drawn;
    const resized = new ResizeObserver(() => {
      drawn.setSize({ width: Math.max(1, element.clientWidth), height: HEIGHT });
    });
    resized.observe(element);
    const theme = matchMedia("(prefers-color-scheme: dark)");
    const redraw = (): void => {
      drawn.redraw();
    };
    theme.addEventListener("change", redraw);
    return () => {
      resized.disconnect();
      theme.removeEventListener("change", redraw);
      drawn.destroy();
    };
  }, [scale, marks]);
  useEffect(() => {
    const within = (value: number): number => Math.min(scale.high, Math.max(scale.low, value));
    const values = trace.values.map((value) => (value === null ? null : within(value)));
    const usual = trace.seconds.map(() => (trace.usual === null ? null : within(trace.usual)));
    plot.current?.setData([trace.seconds, values, usual]);
  }, [trace, scale]);
  return <div ref={place} className="plot" role="img" tabIndex={0} aria-label={label} data-testid={testId} />;
}

function options(element: HTMLElement, scale: Scale, marks: boolean): uPlot.Options {
  const style = getComputedStyle(element);
  const line = (): string => style.color;
  const grid = (): string => style.borderTopColor;
  const text = (): string => style.getPropertyValue("text-decoration-color");
  const pad = (scale.high - scale.low) * 0.06;
  return {
    width: Math.max(1, element.clientWidth),
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    padding: [6, 0, 6, 0],
    scales: {
      x: { time: false, range: (_, low) => [low, low + WINDOW_SECONDS - 1] },
      y: { range: [scale.low - pad, scale.high + pad] },
    },
    axes: [
      { show: false },
      {
        size: AXIS,
        gap: 8,
        stroke: text,
        font: `13px ${style.fontFamily}`,
        splits: () => scale.marks,
        values: (_, splits) => splits.map(scale.say),
        grid: { stroke: grid, width: 1 },
        ticks: { show: false },
      },
    ],
    series: [
      {},
      {
        stroke: line,
        width: marks ? 0 : 1.5,
        spanGaps: false,
        points: {
          show: true,
          size: 4,
          fill: line,
          filter: (drawn) => (marks ? null : isolated([...(drawn.data[1] ?? [])])),
        },
      },
      { stroke: text, width: 1, dash: DASHES, points: { show: false } },
    ],
  };
}
