export { checkFigures, type FigureCheck, type FigureEvidence } from './check-figures.ts';
export { stripUnsafe } from './strip-unsafe.ts';
