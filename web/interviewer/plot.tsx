import { type ReactNode, useEffect, useRef } from "react";
import uPlot from "uplot";
import { type Series, isolated } from "../core/series";

export interface Scale {
  low: number;
  high: number;
  marks: number[];
  say: (value: number) => string;
}

const HEIGHT = 64;
const AXIS = 56;

/** A line over two minutes, with a gap where nothing was observed. Values beyond the scale are drawn at its edge. */
export function Plot({ label, series, scale }: { label: string; series: Series; scale: Scale }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const drawn = new uPlot(options(element, scale), [[], []], element);
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
  }, [scale]);
  useEffect(() => {
    const within = series.values.map((value) =>
      value === null ? null : Math.min(scale.high, Math.max(scale.low, value)),
    );
    plot.current?.setData([series.seconds, within]);
  }, [series, scale]);
  return <div ref={place} className="plot" role="img" aria-label={label} />;
}

function options(element: HTMLElement, scale: Scale): uPlot.Options {
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
    scales: { x: { time: false }, y: { range: [scale.low - pad, scale.high + pad] } },
    axes: [
      { show: false },
      {
        size: AXIS,
        gap: 8,
        stroke: text,
        font: `13px ${style.fontFamily}`,
        splits: () => scale.marks,
        values: (_, marks) => marks.map(scale.say),
        grid: { stroke: grid, width: 1 },
        ticks: { show: false },
      },
    ],
    series: [
      {},
      {
        stroke: line,
        width: 1.5,
        spanGaps: false,
        points: { show: true, size: 4, fill: line, filter: (drawn) => isolated([...(drawn.data[1] ?? [])]) },
      },
    ],
  };
}
