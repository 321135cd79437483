/** Cells to customers and contacts. */
import { foldName } from '../../domain/customer.ts';
import type { ContactRow, CustomerRef, CustomerRow } from '../../ports/ledger-source.ts';
import { countryCode } from './countries.ts';
import { BadRowError, type RowReader } from './row-reader.ts';

const NAME_LIMIT = 300;
const EMAIL = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:"]+$/;

/** The first address of a cell that may hold several, in lower case. */
function email(row: RowReader, field: string): string | null {
  const text = row.text(field, 320);
  if (text === null) return null;
  const first = text.split(/[,;\s]+/)[0]!.toLowerCase();
  if (EMAIL.test(first)) return first;
  if (row.source !== 'csv') return null; // a product's own export: the customer matters more than its address
  throw new BadRowError(`${row.header(field)} "${text.slice(0, 60)}" is not an e-mail address`);
}

/** Days of credit from "30", "Net 30" or "Due on receipt"; other terms of a product's export count as not given. */
function termsDays(row: RowReader): number | null {
  const text = row.text('terms_days');
  if (text === null) return null;
  const kind = row.text('terms_kind');
  if (kind !== null && !/after the (invoice|bill) date/i.test(kind)) return null;
  const found = /^(?:net\s*)?(\d{1,4})(?:\s*days?)?$/i.exec(text)?.[1];
  const days = found === undefined ? (/due (up)?on receipt/i.test(text) ? 0 : null) : Number(found);
  if (days !== null && days <= 3650) return days;
  if (row.source !== 'csv') return null;
  throw new BadRowError(
    `${row.header('terms_days')} "${text.slice(0, 60)}" is not a number of days up to 3650`,
  );
}

function country(row: RowReader): string | null {
  const text = row.text('country');
  if (text === null) return null;
  const code = countryCode(text);
  if (code !== null || row.source !== 'csv') return code;
  throw new BadRowError(
    `${row.header('country')} "${text.slice(0, 60)}" is not a country; write a code like DE`,
  );
}

/** QuickBooks and NetSuite write a subcustomer as "Parent:Child". */
const parentInName = (name: string): string | null => {
  const cut = name.lastIndexOf(':');
  return cut > 0 ? name.slice(0, cut).trim() : null;
};

function parentOf(row: RowReader, name: string): CustomerRow['parent'] {
  const id = row.id('parent_id');
  if (id !== null) return { by: 'id', value: id, required: true };
  if (row.source === 'csv' || row.source === 'stripe') return null;
  const guessed = row.text('parent_name', NAME_LIMIT) ?? parentInName(name);
  if (guessed === null || foldName(guessed) === foldName(name)) return null;
  return { by: 'name', value: guessed, required: false };
}

export function mapCustomer(row: RowReader): CustomerRow {
  const written = row.text('name', NAME_LIMIT) ?? row.text('other_name', NAME_LIMIT);
  const name = row.needed(
    'name',
    written ?? (row.source === 'stripe' ? row.text('email', NAME_LIMIT) : null),
  );
  if (foldName(name) === '') throw new BadRowError(`${row.header('name')} has no letter or digit`);
  const entity = row.id('entity_id');
  const externalId =
    row.source === 'csv'
      ? row.needed('customer_id', row.id('customer_id'))
      : (row.id('internal_id') ?? entity ?? foldName(name).slice(0, 200));
  const people = [row.text('first_name', 100), row.text('last_name', 100)].filter((part) => part !== null);
  const contact = {
    name: row.text('contact_name', NAME_LIMIT) ?? (people.length > 0 ? people.join(' ') : null),
    email: email(row, 'email'),
  };
  return {
    line: row.line,
    externalId,
    name,
    aliases: entity === null || entity === name ? [] : [`${entity} ${name}`, entity],
    parent: parentOf(row, name),
    currency: row.currency(),
    termsDays: termsDays(row),
    ownerEmail: email(row, 'owner_email'),
    segment: row.text('segment', 200),
    language: row.text('language', 50),
    timezone: row.text('timezone', 100),
    country: country(row),
    contact: contact.name === null && contact.email === null ? null : contact,
  };
}

const TRUE = /^(true|t|yes|y|1|x)$/i;
const FALSE = /^(false|f|no|n|0)$/i;

export function mapContact(row: RowReader): ContactRow {
  const primary = row.text('is_primary', 20);
  if (primary !== null && !TRUE.test(primary) && !FALSE.test(primary))
    throw new BadRowError(`${row.header('is_primary')} "${primary}" is neither yes nor no`);
  const contact = { name: row.text('name', NAME_LIMIT), email: email(row, 'email') };
  if (contact.name === null && contact.email === null)
    throw new BadRowError('a contact needs a name or an e-mail address');
  return {
    line: row.line,
    customer: customerRef(row),
    ...contact,
    role: row.text('role', 200),
    isPrimary: primary !== null && TRUE.test(primary),
  };
}

/** The customer by id where the row has one, else by name. Throws: BadRowError when it has neither. */
export function customerRef(row: RowReader): CustomerRef {
  const found = optionalCustomerRef(row);
  if (found) return found;
  throw new BadRowError(`${row.header(row.has('customer_id') ? 'customer_id' : 'customer_name')} is missing`);
}

export function optionalCustomerRef(row: RowReader): CustomerRef | null {
  const id = row.id('customer_id');
  if (id !== null) return { by: 'id', value: id };
  const name = row.text('customer_name', NAME_LIMIT);
  return name === null ? null : { by: 'name', value: name };
}
