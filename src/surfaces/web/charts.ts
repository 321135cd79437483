/** Bars and trends as SVG pictures, drawn on the server; they follow the reader's dark or light setting. */
import type { Block } from '../../cards/card.ts';
import { formatAmount } from '../../domain/money.ts';

export type ChartBlock = Extract<Block, { type: 'bars' | 'trend' }>;
type Bars = Extract<Block, { type: 'bars' }>;
type Trend = Extract<Block, { type: 'trend' }>;

export const isChart = (block: Block): block is ChartBlock => block.type === 'bars' || block.type === 'trend';

const WIDTH = 380;
// no quotes in it: the library puts it into an attribute as it is
const FONT = 'system-ui, -apple-system, Segoe UI, Roboto, sans-serif';

/** Each light colour with its dark partner; the picture swaps them by itself. */
const PALETTE = {
  ink: ['#1d2733', '#e6e9ee'],
  subtle: ['#5b6673', '#9aa6b5'],
  grid: ['#e3e7ec', '#2c3643'],
  good: ['#2f7d6b', '#53b69b'],
  warning: ['#c98a1b', '#e2b04f'],
  bad: ['#c2453d', '#ec7a72'],
  muted: ['#98a2b0', '#6c7889'],
  line: ['#2b5fb8', '#7fa9f0'],
} as const;
const color = (name: keyof typeof PALETTE): string => PALETTE[name][0];

const dark = Object.values(PALETTE)
  .map(([from, to]) => `[fill="${from}"]{fill:${to}}[stroke="${from}"]{stroke:${to}}`)
  .join('');

const isMoney = (unit: string): boolean => /^[A-Z]{3}$/.test(unit);
const figure = (value: string, unit: string): string =>
  isMoney(unit) ? formatAmount(value, unit) : unit === '%' ? `${value}%` : `${value} ${unit}`.trim();
/** Money without its code, which the title has. */
const short = (value: string, unit: string): string => figure(value, unit).replace(/ [A-Z]{3}$/, '');

/** "2026-03" is "Mar 26", "2026-03-02" is "2 Mar". */
export function periodLabel(period: string): string {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(period);
  if (!match) return period;
  const [, year = '', month = '', day] = match;
  const name = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')[Number(month) - 1] ?? month;
  return day ? `${Number(day)} ${name}` : `${name} ${year.slice(2)}`;
}

/** All figures of the picture in words, for those who do not see it. */
export const chartText = (block: ChartBlock): string =>
  block.type === 'bars'
    ? `${block.title}: ${block.bars.map((bar) => `${bar.label} ${figure(bar.value, block.unit)}`).join('; ')}`
    : `${block.title}: ${block.points.map((point) => `${point.label} ${figure(point.value, block.unit)}`).join('; ')}`;

// Positions only: every figure that is read stays text, so that no rounding can change it.
const position = (value: string): number => Number(value);

function barsOption(block: Bars): { height: number; option: object } {
  const text = { fontSize: 12, fontFamily: FONT };
  const longest = Math.max(0, ...block.bars.map((bar) => short(bar.value, block.unit).length));
  return {
    height: 12 + block.bars.length * 27,
    option: {
      grid: { left: 92, right: 16 + longest * 7, top: 4, bottom: 4 },
      xAxis: { type: 'value', show: false, min: 0 },
      yAxis: {
        type: 'category',
        inverse: true,
        data: block.bars.map((bar) => bar.label),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { ...text, color: color('subtle'), align: 'left', margin: 90 },
      },
      series: [
        {
          type: 'bar',
          barWidth: 15,
          data: block.bars.map((bar) => ({
            value: position(bar.value),
            itemStyle: { color: color(bar.tone ?? 'line'), borderRadius: 2 },
            label: {
              ...text,
              show: true,
              position: 'right',
              color: color('ink'),
              formatter: () => short(bar.value, block.unit),
            },
          })),
        },
      ],
    },
  };
}

function trendOption(block: Trend): { height: number; option: object } {
  const text = { fontSize: 11, fontFamily: FONT };
  const last = block.points.length - 1;
  const lastLabel = short(block.points[last]?.value ?? '', block.unit).replace(/ days$/, '');
  const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
  return {
    height: 190,
    option: {
      grid: { left: 44, right: 24 + lastLabel.length * 6.6, top: 12, bottom: 26 },
      xAxis: {
        type: 'category',
        boundaryGap: false,
        data: block.points.map((point) => periodLabel(point.label)),
        axisLine: { lineStyle: { color: color('grid') } },
        axisTick: { show: false },
        axisLabel: { ...text, color: color('subtle'), hideOverlap: true },
      },
      yAxis: {
        type: 'value',
        scale: !isMoney(block.unit),
        splitNumber: 3,
        splitLine: { lineStyle: { color: color('grid') } },
        axisLabel: { ...text, color: color('subtle'), formatter: (value: number) => compact.format(value) },
      },
      series: [
        {
          type: 'line',
          symbol: 'circle',
          symbolSize: block.points.length > 20 ? 0 : 5,
          lineStyle: { color: color('line'), width: 2 },
          itemStyle: { color: color('line') },
          data: block.points.map((point, at) => ({
            value: position(point.value),
            symbolSize: at === last ? 7 : block.points.length > 20 ? 0 : 5,
            label: {
              ...text,
              show: at === last,
              position: 'right',
              fontWeight: 600,
              color: color('ink'),
              formatter: () => lastLabel,
            },
          })),
        },
      ],
    },
  };
}

type Draw = (width: number, height: number, option: object) => string;
let drawing: Promise<Draw> | undefined;

/** The chart library is loaded with the first picture, since it costs half a second and memory at start. */
async function loadDraw(): Promise<Draw> {
  const [{ init, use }, { SVGRenderer }, { BarChart, LineChart }, { GridComponent }] = await Promise.all([
    import('echarts/core'),
    import('echarts/renderers'),
    import('echarts/charts'),
    import('echarts/components'),
  ]);
  use([SVGRenderer, BarChart, LineChart, GridComponent]);
  return (width, height, option) => {
    const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
    try {
      chart.setOption({ animation: false, ...option });
      return chart.renderToSVGString();
    } finally {
      chart.dispose();
    }
  };
}

/** The picture as a data address. Labels are data, so the library escapes them; the picture runs no script. */
export async function renderChart(block: ChartBlock): Promise<string> {
  drawing ??= loadDraw();
  const draw = await drawing;
  const { height, option } = block.type === 'bars' ? barsOption(block) : trendOption(block);
  const svg = draw(WIDTH, height, option)
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/ ecmeta_\w+="[^"]*"| class="zr[^"]*"/g, '')
    .replace('</svg>', `<style>@media (prefers-color-scheme:dark){${dark}}</style></svg>`);
  return `data:image/svg+xml,${encodeURIComponent(svg.replace(/\n\s*/g, ''))}`;
}
