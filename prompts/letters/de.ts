/** The letters in German, in the formal address. `{{oldest_days}}` is in the dative: it follows "seit". */
import { inAllTones, type Parts } from './parts.ts';

const about = '(Rechnung {{invoice_number}}|{{invoice_count}} Rechnungen), {{total}}';
const compare =
  'Bitte gleichen Sie ihn mit Ihren Unterlagen ab und teilen Sie uns Abweichungen bis zum {{answer_by}} mit.';

export const german: Parts = {
  subject: {
    reminder: {
      friendly: [
        { when: 'late', text: `Freundliche Erinnerung: ${about}` },
        { when: 'partlyLate', text: `Freundliche Erinnerung: ${about}` },
        '(Rechnung {{invoice_number}}, fällig am {{due_day}}|Demnächst fällig: {{invoice_count}} Rechnungen, {{total}})',
      ],
      neutral: `Zahlungserinnerung: ${about}`,
      firm: `Zahlungserinnerung: ${about}`,
      urgent: `Bitte um Zahlung: ${about}`,
    },
    overdue: {
      friendly: `Freundliche Erinnerung: ${about}`,
      neutral: `Überfällig: ${about}`,
      firm: `Überfällig, bitte bis zum {{answer_by}} zahlen: ${about}`,
      urgent: `Dringend, bitte antworten Sie heute: ${about}`,
    },
    final_notice: inAllTones(`Letzte Erinnerung: ${about}`, {
      urgent: `Letzte Erinnerung, bitte bis zum {{answer_by}} zahlen: ${about}`,
    }),
    broken_promise: inAllTones('Ihre für den {{promise_day}} angekündigte Zahlung über {{promise_amount}}', {
      urgent: 'Dringend: Ihre für den {{promise_day}} angekündigte Zahlung über {{promise_amount}}',
    }),
    thank_you: inAllTones('Vielen Dank für Ihre Zahlung über {{payment_amount}}'),
    remittance_request: inAllTones(
      'Ihre Zahlung über {{payment_amount}}: für welche Rechnungen ist sie bestimmt?',
    ),
    statement: inAllTones('Kontoauszug zum {{today}}'),
  },
  opening: {
    reminder: {
      friendly: [
        {
          when: 'late',
          text: 'sicher ist es nur ein Versehen, aber (diese Rechnung ist|diese Rechnungen sind) inzwischen überfällig:',
        },
        'nur ein kurzer Hinweis: (Diese Rechnung wird|Diese Rechnungen werden) demnächst fällig:',
      ],
      neutral: [
        { when: 'late', text: '(folgende Rechnung ist|folgende Rechnungen sind) überfällig:' },
        'wir erinnern Sie an (folgende Rechnung, die demnächst fällig wird|folgende Rechnungen, die demnächst fällig werden):',
      ],
      firm: [
        {
          when: 'late',
          text: '(folgende Rechnung ist|folgende Rechnungen sind) überfällig und noch nicht bezahlt:',
        },
        'bitte beachten Sie die (Fälligkeit folgender Rechnung|Fälligkeiten folgender Rechnungen):',
      ],
      urgent: [
        {
          when: 'late',
          text: '(folgende Rechnung ist überfällig; bitte kümmern Sie sich jetzt darum|folgende Rechnungen sind überfällig; bitte kümmern Sie sich jetzt darum):',
        },
        '(folgende Rechnung wird|folgende Rechnungen werden) demnächst fällig, und die Zahlung darf sich nicht verspäten:',
      ],
    },
    overdue: {
      friendly:
        'zu (folgender Rechnung|folgenden Rechnungen) haben wir noch keinen Zahlungseingang gefunden; vielleicht (wurde sie|wurden sie) übersehen:',
      neutral:
        'nach unseren Unterlagen (ist folgende Rechnung seit {{oldest_days}} überfällig|sind folgende Rechnungen überfällig, die älteste seit {{oldest_days}}):',
      firm: [
        {
          when: 'reminded',
          text: 'wir haben Sie bereits wegen Ihres Kontos angeschrieben, und (folgende Rechnung ist weiterhin unbezahlt, überfällig seit {{oldest_days}}|folgende Rechnungen sind weiterhin unbezahlt, die älteste seit {{oldest_days}} überfällig):',
        },
        '(folgende Rechnung ist seit {{oldest_days}} überfällig und weiterhin unbezahlt|folgende Rechnungen sind weiterhin unbezahlt, die älteste seit {{oldest_days}} überfällig):',
      ],
      urgent: [
        {
          when: 'reminded',
          text: 'wir haben Sie bereits angeschrieben und brauchen jetzt eine Antwort: (Folgende Rechnung ist seit {{oldest_days}} überfällig|Folgende Rechnungen sind überfällig, die älteste seit {{oldest_days}}):',
        },
        'wir brauchen eine Antwort von Ihnen: (Folgende Rechnung ist seit {{oldest_days}} überfällig|Folgende Rechnungen sind überfällig, die älteste seit {{oldest_days}}):',
      ],
    },
    final_notice: {
      friendly:
        'uns liegt an der Zusammenarbeit mit Ihnen. Bevor wir über das weitere Vorgehen entscheiden, schreiben wir Ihnen deshalb noch einmal wegen (folgender Rechnung, überfällig seit {{oldest_days}}|folgender Rechnungen, die älteste überfällig seit {{oldest_days}}):',
      neutral:
        'dies ist unsere letzte Erinnerung an (folgende Rechnung, die seit {{oldest_days}} überfällig ist|folgende Rechnungen, von denen die älteste seit {{oldest_days}} überfällig ist):',
      firm: [
        {
          when: 'reminded',
          text: 'wir haben Sie bereits wegen Ihres Kontos angeschrieben. Dies ist unsere letzte Erinnerung an (folgende Rechnung, überfällig seit {{oldest_days}}|folgende Rechnungen, die älteste überfällig seit {{oldest_days}}):',
        },
        'dies ist unsere letzte Erinnerung an (folgende Rechnung, überfällig seit {{oldest_days}}|folgende Rechnungen, die älteste überfällig seit {{oldest_days}}):',
      ],
      urgent:
        'dies ist unsere letzte Erinnerung, und sie duldet keinen Aufschub. (Folgende Rechnung ist seit {{oldest_days}} überfällig|Folgende Rechnungen sind überfällig, die älteste seit {{oldest_days}}):',
    },
    broken_promise: {
      friendly:
        'vielen Dank, dass Sie uns eine Zahlung über {{promise_amount}} bis zum {{promise_day}} angekündigt haben. Der volle Betrag ist bei uns noch nicht eingegangen; vielleicht ist er unterwegs.',
      neutral:
        'Sie hatten uns bis zum {{promise_day}} eine Zahlung über {{promise_amount}} angekündigt. Der volle Betrag ist bei uns noch nicht eingegangen.',
      firm: 'Sie hatten uns bis zum {{promise_day}} eine Zahlung über {{promise_amount}} zugesagt. Dieser Tag ist verstrichen, und der volle Betrag ist nicht eingegangen.',
      urgent:
        'Sie hatten uns bis zum {{promise_day}} eine Zahlung über {{promise_amount}} zugesagt. Dieser Tag ist verstrichen, der volle Betrag ist nicht eingegangen, und wir müssen heute wissen, wo er bleibt.',
    },
    thank_you: inAllTones(
      'vielen Dank für Ihre Zahlung über {{payment_amount}}, die am {{payment_day}} bei uns eingegangen ist.',
      {
        friendly:
          'herzlichen Dank für Ihre Zahlung über {{payment_amount}}, die am {{payment_day}} bei uns eingegangen ist.',
      },
    ),
    remittance_request: inAllTones(
      'vielen Dank für Ihre Zahlung über {{payment_amount}}, die am {{payment_day}} bei uns eingegangen ist. Wir können sie noch keinen Rechnungen zuordnen.',
    ),
    statement: inAllTones([
      'anbei erhalten Sie den Auszug Ihres Kontos zum {{today}} ({{attachment}}). Der offene Saldo beträgt {{total}}.',
      'hier ist der Auszug Ihres Kontos zum {{today}}. Der offene Saldo beträgt {{total}}.',
    ]),
  },
  listed: '(folgende Rechnung ist|folgende Rechnungen sind) auf Ihrem Konto offen, einige davon überfällig:',
  beforeList: {
    broken_promise: 'Offen (ist noch diese Rechnung|sind noch diese Rechnungen):',
    thank_you: 'Auf Ihrem Konto (ist noch diese Rechnung|sind noch diese Rechnungen) offen:',
    remittance_request: 'Auf Ihrem Konto (ist diese Rechnung|sind diese Rechnungen) offen:',
  },
  total: 'Zusammen: {{total}}',
  orders: 'Ihre Bestellnummern: {{po_numbers}}',
  attached: 'Den Kontoauszug finden Sie im Anhang ({{attachment}}).',
  ask: {
    reminder: {
      friendly: [
        { when: 'late', text: 'Könnten Sie uns kurz mitteilen, wann wir mit der Zahlung rechnen dürfen?' },
        {
          when: 'partlyLate',
          text: 'Könnten Sie uns kurz mitteilen, wann wir mit der Zahlung rechnen dürfen?',
        },
        'Bitte sagen Sie uns Bescheid, falls für die pünktliche Zahlung noch etwas fehlt.',
      ],
      neutral: [
        {
          when: 'late',
          text: 'Bitte zahlen Sie bis zum {{answer_by}} oder teilen Sie uns mit, wann wir mit der Zahlung rechnen können.',
        },
        {
          when: 'partlyLate',
          text: 'Bitte zahlen Sie die fälligen Beträge bis zum {{answer_by}} oder teilen Sie uns mit, wann wir mit der Zahlung rechnen können.',
        },
        'Bitte veranlassen Sie die Zahlung zur Fälligkeit.',
      ],
      firm: [
        { when: 'late', text: 'Bitte zahlen Sie bis zum {{answer_by}}.' },
        { when: 'partlyLate', text: 'Bitte zahlen Sie die fälligen Beträge bis zum {{answer_by}}.' },
        'Bitte sorgen Sie dafür, dass die Zahlung pünktlich bei uns eingeht.',
      ],
      urgent: [
        {
          when: 'late',
          text: 'Bitte zahlen Sie {{total}} bis zum {{answer_by}} und bestätigen Sie uns noch heute den Zahlungstag.',
        },
        {
          when: 'partlyLate',
          text: 'Bitte zahlen Sie die fälligen Beträge bis zum {{answer_by}} und bestätigen Sie uns noch heute den Zahlungstag.',
        },
        'Bitte bestätigen Sie uns noch heute, dass die Zahlung pünktlich eingeht.',
      ],
    },
    overdue: {
      friendly: 'Könnten Sie uns bis zum {{answer_by}} mitteilen, wann wir mit der Zahlung rechnen dürfen?',
      neutral:
        'Bitte zahlen Sie bis zum {{answer_by}} oder teilen Sie uns bis dahin mit, wann wir mit der Zahlung rechnen können.',
      firm: 'Bitte zahlen Sie {{total}} bis zum {{answer_by}}. Falls etwas dagegen spricht, nennen Sie uns bis dahin den Grund.',
      urgent: 'Bitte bestätigen Sie uns noch heute, dass {{total}} bis zum {{answer_by}} gezahlt werden.',
    },
    final_notice: {
      friendly:
        'Bitte zahlen Sie {{total}} bis zum {{answer_by}} oder schreiben Sie uns bis dahin, damit wir gemeinsam eine Lösung finden.',
      neutral:
        'Bitte zahlen Sie {{total}} bis zum {{answer_by}}. Hören wir bis dahin nichts von Ihnen, entscheiden wir über das weitere Vorgehen.',
      firm: 'Bitte zahlen Sie {{total}} bis zum {{answer_by}}. Danach entscheiden wir ohne weitere Erinnerung über das weitere Vorgehen.',
      urgent:
        'Bitte zahlen Sie {{total}} bis zum {{answer_by}} und bestätigen Sie es uns noch heute. Danach entscheiden wir ohne weitere Erinnerung über das weitere Vorgehen.',
    },
    broken_promise: {
      friendly:
        'Könnten Sie nachsehen und uns bis zum {{answer_by}} mitteilen, wann die Zahlung veranlasst wurde?',
      neutral: 'Bitte teilen Sie uns bis zum {{answer_by}} mit, wann die Zahlung bei uns eingeht.',
      firm: 'Bitte zahlen Sie bis zum {{answer_by}} und bestätigen Sie uns den Zahlungstag.',
      urgent: 'Bitte zahlen Sie bis zum {{answer_by}} und bestätigen Sie uns noch heute den Zahlungstag.',
    },
    thank_you: inAllTones(
      { when: 'owing', text: 'Könnten Sie uns mitteilen, wann wir dafür mit der Zahlung rechnen dürfen?' },
      {
        firm: { when: 'owing', text: 'Bitte zahlen Sie bis zum {{answer_by}}.' },
        urgent: { when: 'owing', text: 'Bitte zahlen Sie bis zum {{answer_by}}.' },
      },
    ),
    remittance_request: inAllTones(
      'Bitte senden Sie uns bis zum {{answer_by}} das Zahlungsavis oder die Rechnungsnummern mit den Beträgen.',
      {
        friendly:
          'Könnten Sie uns bis zum {{answer_by}} das Zahlungsavis oder einfach die Rechnungsnummern mit den Beträgen senden?',
      },
    ),
    statement: {
      friendly:
        'Könnten Sie ihn mit Ihren Unterlagen abgleichen und uns Abweichungen bis zum {{answer_by}} mitteilen?',
      neutral: compare,
      firm: [
        { when: 'late', text: `${compare} Bitte begleichen Sie zudem die fälligen Beträge.` },
        { when: 'partlyLate', text: `${compare} Bitte begleichen Sie zudem die fälligen Beträge.` },
        compare,
      ],
      urgent: [
        { when: 'late', text: `${compare} Bitte begleichen Sie zudem umgehend die fälligen Beträge.` },
        { when: 'partlyLate', text: `${compare} Bitte begleichen Sie zudem umgehend die fälligen Beträge.` },
        compare,
      ],
    },
  },
  pay: 'So können Sie zahlen:\n{{how_to_pay}}',
  courtesy: {
    reminder:
      'Falls Sie bereits gezahlt haben, danken wir Ihnen; bitte betrachten Sie diese Nachricht dann als gegenstandslos.',
    overdue:
      'Falls Sie inzwischen gezahlt haben, danken wir Ihnen und bitten Sie, uns den Zahlungstag zu nennen.',
    final_notice:
      'Falls Sie inzwischen gezahlt haben, danken wir Ihnen und bitten Sie, uns den Zahlungstag zu nennen.',
    broken_promise:
      'Falls Sie inzwischen gezahlt haben, danken wir Ihnen; bitte betrachten Sie diese Nachricht dann als gegenstandslos.',
    thank_you: 'Wir freuen uns auf die weitere Zusammenarbeit.',
    remittance_request:
      'Dann können wir die Rechnungen auf Ihrem Konto gleich ausgleichen. Vielen Dank für Ihre Hilfe.',
    statement: 'Zahlungen, die danach bei uns eingegangen sind, enthält er nicht.',
  },
  reach: [
    'Falls etwas unklar ist, antworten Sie einfach auf diese E-Mail oder rufen Sie uns an: {{phone}}.',
    'Falls etwas unklar ist, antworten Sie einfach auf diese E-Mail.',
  ],
  signOff: {
    friendly: 'Freundliche Grüße',
    neutral: 'Mit freundlichen Grüßen',
    firm: 'Mit freundlichen Grüßen',
    urgent: 'Mit freundlichen Grüßen',
  },
};
