/** Rows that add up others. */
import { foldWords } from './clean-text.ts';

const TOTAL =
  /^(?:grand |net |invoice |payment |remittance |check |cheque |report |overall )?(?:totals?|summen?|gesamt\p{L}*|endsumme|endbetrag|zahlungssumme|zahlbetrag|avissumme|somme|suma|totaal\p{L}*|total (?:general|paye|regle|pagado|paid|amount|payment|net|du|de|des|en|a|for|remittance|betaald|\p{L}+))(?: |$)|^(?:montant|importe|monto|betrag|amount) total|^total/u;
const PART =
  /^(?:sub ?totals?|zwischensumme|ubertrag|sous total|subtotaal|transport|a reporter|report|page totals?|seitensumme|seitensaldo|suma y sigue|carried forward|brought forward|carry|balance forward|transporteren|total page|total de la page|suma anterior)(?: |$)/u;

/** What a row of cells sums: everything, a part (page, carried forward), or nothing. Its word stands alone in a cell. */
export function totalRow(cells: readonly string[]): 'total' | 'part' | null {
  for (const cell of cells.slice(0, 12)) {
    const text = foldWords(cell.slice(0, 60));
    if (PART.test(text)) return 'part';
    if (TOTAL.test(text)) return 'total';
  }
  return null;
}
