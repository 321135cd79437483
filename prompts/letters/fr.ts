/** The letters in French, with "vous". */
import { inAllTones, type Parts } from './parts.ts';

const about = '(facture {{invoice_number}}|{{invoice_count}} factures), {{total}}';
const compare =
  'Merci de le comparer avec vos livres et de nous signaler tout écart au plus tard le {{answer_by}}.';

export const french: Parts = {
  subject: {
    reminder: {
      friendly: [
        { when: 'late', text: `Petit rappel : ${about}` },
        { when: 'partlyLate', text: `Petit rappel : ${about}` },
        '(Facture {{invoice_number}}, échéance le {{due_day}}|Échéances à venir : {{invoice_count}} factures, {{total}})',
      ],
      neutral: `Rappel de paiement : ${about}`,
      firm: `Rappel de paiement : ${about}`,
      urgent: `Paiement à effectuer : ${about}`,
    },
    overdue: {
      friendly: `Petit rappel : ${about}`,
      neutral: `Échéance dépassée : ${about}`,
      firm: `Échéance dépassée, à régler au plus tard le {{answer_by}} : ${about}`,
      urgent: `Urgent, réponse attendue aujourd’hui : ${about}`,
    },
    final_notice: inAllTones(`Dernier rappel : ${about}`, {
      urgent: `Dernier rappel, à régler au plus tard le {{answer_by}} : ${about}`,
    }),
    broken_promise: inAllTones('Votre paiement de {{promise_amount}} prévu pour le {{promise_day}}', {
      urgent: 'Urgent : votre paiement de {{promise_amount}} prévu pour le {{promise_day}}',
    }),
    thank_you: inAllTones('Merci pour votre paiement de {{payment_amount}}'),
    remittance_request: inAllTones('Votre paiement de {{payment_amount}} : quelles factures règle-t-il ?'),
    statement: inAllTones('Relevé de compte au {{today}}'),
  },
  opening: {
    reminder: {
      friendly: [
        {
          when: 'late',
          text: 'J’espère que vous allez bien. Sauf erreur de notre part, (cette facture est arrivée|ces factures sont arrivées) à échéance :',
        },
        'J’espère que vous allez bien. Un simple mot pour vous signaler (cette facture qui arrive|ces factures qui arrivent) bientôt à échéance :',
      ],
      neutral: [
        {
          when: 'late',
          text: 'L’échéance de (la facture suivante|chacune des factures suivantes) est dépassée :',
        },
        'Nous vous rappelons que (la facture suivante arrive|les factures suivantes arrivent) bientôt à échéance :',
      ],
      firm: [
        {
          when: 'late',
          text: '(La facture suivante est échue et n’est pas encore réglée|Les factures suivantes sont échues et ne sont pas encore réglées) :',
        },
        'Nous attirons votre attention sur l’échéance (de la facture suivante|des factures suivantes) :',
      ],
      urgent: [
        {
          when: 'late',
          text: '(La facture suivante est échue et demande|Les factures suivantes sont échues et demandent) toute votre attention dès maintenant :',
        },
        '(La facture suivante arrive|Les factures suivantes arrivent) à échéance et le paiement ne doit pas prendre de retard :',
      ],
    },
    overdue: {
      friendly:
        'J’espère que vous allez bien. Nous n’avons pas encore trouvé le règlement de (la facture suivante|ces factures) ; peut-être s’agit-il d’un simple oubli :',
      neutral:
        'Sauf erreur de notre part, (la facture suivante est en retard de {{oldest_days}}|les factures suivantes sont en retard, la plus ancienne de {{oldest_days}}) :',
      firm: [
        {
          when: 'reminded',
          text: 'Nous vous avons déjà écrit au sujet de votre compte, et (la facture suivante reste impayée, en retard de {{oldest_days}}|les factures suivantes restent impayées, la plus ancienne en retard de {{oldest_days}}) :',
        },
        '(La facture suivante reste impayée, en retard de {{oldest_days}}|Les factures suivantes restent impayées, la plus ancienne en retard de {{oldest_days}}) :',
      ],
      urgent: [
        {
          when: 'reminded',
          text: 'Nous vous avons déjà écrit et il nous faut maintenant une réponse. (La facture suivante est en retard de {{oldest_days}}|Les factures suivantes sont en retard, la plus ancienne de {{oldest_days}}) :',
        },
        'Il nous faut une réponse de votre part. (La facture suivante est en retard de {{oldest_days}}|Les factures suivantes sont en retard, la plus ancienne de {{oldest_days}}) :',
      ],
    },
    final_notice: {
      friendly:
        'Nous tenons à notre collaboration. Avant de décider de la suite, nous vous écrivons donc une dernière fois au sujet de (la facture suivante, en retard de {{oldest_days}}|ces factures, la plus ancienne en retard de {{oldest_days}}) :',
      neutral:
        'Ceci est notre dernier rappel au sujet de (la facture suivante, en retard de {{oldest_days}}|ces factures, dont la plus ancienne est en retard de {{oldest_days}}) :',
      firm: [
        {
          when: 'reminded',
          text: 'Nous vous avons déjà écrit au sujet de votre compte. Ceci est notre dernier rappel pour (la facture suivante, en retard de {{oldest_days}}|les factures suivantes, la plus ancienne en retard de {{oldest_days}}) :',
        },
        'Ceci est notre dernier rappel pour (la facture suivante, en retard de {{oldest_days}}|les factures suivantes, la plus ancienne en retard de {{oldest_days}}) :',
      ],
      urgent:
        'Ceci est notre dernier rappel et il demande votre attention aujourd’hui même. (La facture suivante est en retard de {{oldest_days}}|Les factures suivantes sont en retard, la plus ancienne de {{oldest_days}}) :',
    },
    broken_promise: {
      friendly:
        'Merci de nous avoir annoncé le paiement de {{promise_amount}} pour le {{promise_day}}. Le montant complet ne nous est pas encore parvenu ; peut-être est-il en route.',
      neutral:
        'Vous nous aviez annoncé le paiement de {{promise_amount}} pour le {{promise_day}}. Le montant complet ne nous est pas encore parvenu.',
      firm: 'Vous vous étiez engagés à payer {{promise_amount}} pour le {{promise_day}}. Cette date est passée et le montant complet ne nous est pas parvenu.',
      urgent:
        'Vous vous étiez engagés à payer {{promise_amount}} pour le {{promise_day}}. Cette date est passée, le montant complet ne nous est pas parvenu, et nous devons savoir aujourd’hui où en est ce paiement.',
    },
    thank_you: inAllTones(
      'Nous avons bien reçu votre paiement de {{payment_amount}} le {{payment_day}} et vous en remercions.',
      {
        friendly: 'Un grand merci pour votre paiement de {{payment_amount}}, bien reçu le {{payment_day}}.',
      },
    ),
    remittance_request: inAllTones(
      'Nous avons bien reçu votre paiement de {{payment_amount}} le {{payment_day}} et vous en remercions. Nous ne savons pas encore à quelles factures l’affecter.',
    ),
    statement: inAllTones([
      'Vous trouverez ci-joint le relevé de votre compte au {{today}} ({{attachment}}). Le solde dû est de {{total}}.',
      'Voici le relevé de votre compte au {{today}}. Le solde dû est de {{total}}.',
    ]),
  },
  listed:
    '(La facture suivante reste|Les factures suivantes restent) à régler, certaines ayant dépassé leur échéance :',
  beforeList: {
    broken_promise: '(Reste à régler la facture suivante|Restent à régler les factures suivantes) :',
    thank_you:
      '(Reste à régler sur votre compte la facture suivante|Restent à régler sur votre compte les factures suivantes) :',
    remittance_request:
      '(Est à régler sur votre compte la facture suivante|Sont à régler sur votre compte les factures suivantes) :',
  },
  total: 'Au total : {{total}}',
  orders: 'Vos numéros de commande : {{po_numbers}}',
  attached: 'Le relevé de votre compte est joint à ce message ({{attachment}}).',
  ask: {
    reminder: {
      friendly: [
        { when: 'late', text: 'Pourriez-vous nous indiquer quand nous pouvons compter sur le paiement ?' },
        {
          when: 'partlyLate',
          text: 'Pourriez-vous nous indiquer quand nous pouvons compter sur le paiement ?',
        },
        'Pourriez-vous nous dire s’il vous manque quoi que ce soit pour (la|les) régler à temps ?',
      ],
      neutral: [
        {
          when: 'late',
          text: 'Merci de régler au plus tard le {{answer_by}} ou de nous indiquer la date du paiement.',
        },
        {
          when: 'partlyLate',
          text: 'Merci de régler les montants échus au plus tard le {{answer_by}} ou de nous indiquer la date du paiement.',
        },
        'Merci de prévoir le paiement à l’échéance.',
      ],
      firm: [
        { when: 'late', text: 'Nous vous demandons de régler au plus tard le {{answer_by}}.' },
        {
          when: 'partlyLate',
          text: 'Nous vous demandons de régler les montants échus au plus tard le {{answer_by}}.',
        },
        'Nous vous demandons de veiller à ce que le paiement nous parvienne à temps.',
      ],
      urgent: [
        {
          when: 'late',
          text: 'Nous vous demandons de régler {{total}} au plus tard le {{answer_by}} et de nous confirmer aujourd’hui la date du paiement.',
        },
        {
          when: 'partlyLate',
          text: 'Nous vous demandons de régler les montants échus au plus tard le {{answer_by}} et de nous confirmer aujourd’hui la date du paiement.',
        },
        'Merci de nous confirmer aujourd’hui que le paiement nous parviendra à temps.',
      ],
    },
    overdue: {
      friendly:
        'Pourriez-vous nous indiquer au plus tard le {{answer_by}} quand nous pouvons compter sur le paiement ?',
      neutral:
        'Merci de régler au plus tard le {{answer_by}} ou de nous indiquer d’ici là la date du paiement.',
      firm: 'Nous vous demandons de régler {{total}} au plus tard le {{answer_by}}. Si quelque chose s’y oppose, dites-nous d’ici là de quoi il s’agit.',
      urgent:
        'Merci de nous confirmer aujourd’hui que {{total}} seront réglés au plus tard le {{answer_by}}.',
    },
    final_notice: {
      friendly:
        'Merci de régler {{total}} au plus tard le {{answer_by}}, ou de nous écrire d’ici là pour que nous trouvions ensemble une solution.',
      neutral:
        'Merci de régler {{total}} au plus tard le {{answer_by}}. Sans nouvelles de votre part d’ici là, nous déciderons de la suite à donner.',
      firm: 'Nous vous demandons de régler {{total}} au plus tard le {{answer_by}}. Passé ce jour, nous déciderons de la suite à donner sans autre rappel.',
      urgent:
        'Nous vous demandons de régler {{total}} au plus tard le {{answer_by}} et de nous le confirmer aujourd’hui. Passé ce jour, nous déciderons de la suite à donner sans autre rappel.',
    },
    broken_promise: {
      friendly: 'Pourriez-vous vérifier et nous dire au plus tard le {{answer_by}} quand il a été envoyé ?',
      neutral: 'Merci de nous dire au plus tard le {{answer_by}} quand nous le recevrons.',
      firm: 'Nous vous demandons de régler au plus tard le {{answer_by}} et de nous confirmer la date du paiement.',
      urgent:
        'Nous vous demandons de régler au plus tard le {{answer_by}} et de nous confirmer aujourd’hui la date du paiement.',
    },
    thank_you: inAllTones(
      {
        when: 'owing',
        text: 'Pourriez-vous nous indiquer quand nous pouvons compter sur (son|leur) règlement ?',
      },
      {
        firm: { when: 'owing', text: 'Merci de (la|les) régler au plus tard le {{answer_by}}.' },
        urgent: { when: 'owing', text: 'Merci de (la|les) régler au plus tard le {{answer_by}}.' },
      },
    ),
    remittance_request: inAllTones(
      'Merci de nous envoyer au plus tard le {{answer_by}} l’avis de paiement, ou les numéros et montants des factures.',
      {
        friendly:
          'Pourriez-vous nous envoyer au plus tard le {{answer_by}} l’avis de paiement, ou simplement les numéros et montants des factures ?',
      },
    ),
    statement: {
      friendly:
        'Pourriez-vous le comparer avec vos livres et nous signaler tout écart au plus tard le {{answer_by}} ?',
      neutral: compare,
      firm: [
        { when: 'late', text: `${compare} Merci aussi de régler les montants échus.` },
        { when: 'partlyLate', text: `${compare} Merci aussi de régler les montants échus.` },
        compare,
      ],
      urgent: [
        { when: 'late', text: `${compare} Merci aussi de régler sans délai les montants échus.` },
        { when: 'partlyLate', text: `${compare} Merci aussi de régler sans délai les montants échus.` },
        compare,
      ],
    },
  },
  pay: 'Pour régler :\n{{how_to_pay}}',
  courtesy: {
    reminder:
      'Si vous avez déjà réglé, nous vous en remercions et vous prions de ne pas tenir compte de ce message.',
    overdue:
      'Si vous avez réglé entre-temps, nous vous en remercions et vous prions de nous indiquer la date du paiement.',
    final_notice:
      'Si vous avez réglé entre-temps, nous vous en remercions et vous prions de nous indiquer la date du paiement.',
    broken_promise:
      'Si vous avez réglé entre-temps, nous vous en remercions et vous prions de ne pas tenir compte de ce message.',
    thank_you: 'C’est un plaisir de travailler avec vous.',
    remittance_request:
      'Nous pourrons ainsi solder aussitôt les factures de votre compte. Merci de votre aide.',
    statement: 'Les paiements reçus après cette date n’y figurent pas.',
  },
  reach: [
    'Si un point n’est pas clair, répondez simplement à ce message ou appelez-nous au {{phone}}.',
    'Si un point n’est pas clair, répondez simplement à ce message.',
  ],
  signOff: {
    friendly: 'Bien cordialement,',
    neutral: 'Cordialement,',
    firm: 'Cordialement,',
    urgent: 'Cordialement,',
  },
};
