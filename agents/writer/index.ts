export { createModelWriter, type WriterSettings } from './model-writer.ts';
export { createTemplateWriter } from './templates.ts';
