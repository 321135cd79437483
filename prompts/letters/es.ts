/** The letters in Spanish, with "usted". */
import { inAllTones, type Parts } from './parts.ts';

const about = '(factura {{invoice_number}}|{{invoice_count}} facturas), {{total}}';
const compare =
  'Le rogamos que lo compare con sus registros y nos comunique cualquier diferencia a más tardar el {{answer_by}}.';

export const spanish: Parts = {
  subject: {
    reminder: {
      friendly: [
        { when: 'late', text: `Recordatorio cordial: ${about}` },
        { when: 'partlyLate', text: `Recordatorio cordial: ${about}` },
        '(Factura {{invoice_number}}, vencimiento el {{due_day}}|Próximos vencimientos: {{invoice_count}} facturas, {{total}})',
      ],
      neutral: `Recordatorio de pago: ${about}`,
      firm: `Recordatorio de pago: ${about}`,
      urgent: `Pago por realizar: ${about}`,
    },
    overdue: {
      friendly: `Recordatorio cordial: ${about}`,
      neutral: `Vencimiento superado: ${about}`,
      firm: `Vencimiento superado, pago a más tardar el {{answer_by}}: ${about}`,
      urgent: `Urgente, rogamos respuesta hoy: ${about}`,
    },
    final_notice: inAllTones(`Último recordatorio: ${about}`, {
      urgent: `Último recordatorio, pago a más tardar el {{answer_by}}: ${about}`,
    }),
    broken_promise: inAllTones('Su pago de {{promise_amount}} previsto para el {{promise_day}}', {
      urgent: 'Urgente: su pago de {{promise_amount}} previsto para el {{promise_day}}',
    }),
    thank_you: inAllTones('Gracias por su pago de {{payment_amount}}'),
    remittance_request: inAllTones('Su pago de {{payment_amount}}: ¿a qué facturas corresponde?'),
    statement: inAllTones('Extracto de cuenta a {{today}}'),
  },
  opening: {
    reminder: {
      friendly: [
        {
          when: 'late',
          text: 'Esperamos que se encuentre bien. Le recordamos cordialmente que (esta factura ya ha vencido|estas facturas ya han vencido):',
        },
        'Esperamos que se encuentre bien. Solo queríamos avisarle de que (esta factura vence|estas facturas vencen) próximamente:',
      ],
      neutral: [
        {
          when: 'late',
          text: '(La siguiente factura ha superado|Las siguientes facturas han superado) su vencimiento:',
        },
        'Le recordamos que (la siguiente factura vence|las siguientes facturas vencen) próximamente:',
      ],
      firm: [
        {
          when: 'late',
          text: '(La siguiente factura ha vencido y sigue pendiente|Las siguientes facturas han vencido y siguen pendientes) de pago:',
        },
        'Le rogamos que tenga presente el vencimiento de (la siguiente factura|las siguientes facturas):',
      ],
      urgent: [
        {
          when: 'late',
          text: '(La siguiente factura ha vencido y requiere|Las siguientes facturas han vencido y requieren) su atención ahora:',
        },
        '(La siguiente factura vence|Las siguientes facturas vencen) próximamente y el pago no debe retrasarse:',
      ],
    },
    overdue: {
      friendly:
        'Esperamos que se encuentre bien. Todavía no hemos visto el pago de (esta factura|estas facturas); quizá se haya pasado por alto:',
      neutral:
        'Según nuestros registros, (la siguiente factura tiene {{oldest_days}} de retraso|las siguientes facturas están vencidas, la más antigua con {{oldest_days}} de retraso):',
      firm: [
        {
          when: 'reminded',
          text: 'Ya le hemos escrito acerca de su cuenta, y (la siguiente factura sigue pendiente, con {{oldest_days}} de retraso|las siguientes facturas siguen pendientes, la más antigua con {{oldest_days}} de retraso):',
        },
        '(La siguiente factura sigue pendiente, con {{oldest_days}} de retraso|Las siguientes facturas siguen pendientes, la más antigua con {{oldest_days}} de retraso):',
      ],
      urgent: [
        {
          when: 'reminded',
          text: 'Ya le hemos escrito y ahora necesitamos una respuesta: (la siguiente factura tiene {{oldest_days}} de retraso|las siguientes facturas están vencidas, la más antigua con {{oldest_days}} de retraso):',
        },
        'Necesitamos una respuesta suya: (la siguiente factura tiene {{oldest_days}} de retraso|las siguientes facturas están vencidas, la más antigua con {{oldest_days}} de retraso):',
      ],
    },
    final_notice: {
      friendly:
        'Valoramos mucho trabajar con ustedes. Antes de decidir cómo seguir, le escribimos por eso una vez más acerca de (esta factura, con {{oldest_days}} de retraso|estas facturas, la más antigua con {{oldest_days}} de retraso):',
      neutral:
        'Este es nuestro último recordatorio acerca de (esta factura, que tiene {{oldest_days}} de retraso|estas facturas, la más antigua de las cuales tiene {{oldest_days}} de retraso):',
      firm: [
        {
          when: 'reminded',
          text: 'Ya le hemos escrito acerca de su cuenta. Este es nuestro último recordatorio acerca de (esta factura, con {{oldest_days}} de retraso|estas facturas, la más antigua con {{oldest_days}} de retraso):',
        },
        'Este es nuestro último recordatorio acerca de (esta factura, con {{oldest_days}} de retraso|estas facturas, la más antigua con {{oldest_days}} de retraso):',
      ],
      urgent:
        'Este es nuestro último recordatorio y requiere su atención hoy mismo. (La siguiente factura tiene {{oldest_days}} de retraso|Las siguientes facturas están vencidas, la más antigua con {{oldest_days}} de retraso):',
    },
    broken_promise: {
      friendly:
        'Gracias por avisarnos de que se pagarían {{promise_amount}} a más tardar el {{promise_day}}. El importe completo aún no nos ha llegado; quizá esté en camino.',
      neutral:
        'Nos indicaron que se pagarían {{promise_amount}} a más tardar el {{promise_day}}. El importe completo aún no nos ha llegado.',
      firm: 'Se comprometieron a pagar {{promise_amount}} a más tardar el {{promise_day}}. Ese día ha pasado y el importe completo no ha llegado.',
      urgent:
        'Se comprometieron a pagar {{promise_amount}} a más tardar el {{promise_day}}. Ese día ha pasado, el importe completo no ha llegado y necesitamos saber hoy dónde está.',
    },
    thank_you: inAllTones(
      'Hemos recibido su pago de {{payment_amount}} el {{payment_day}}. Se lo agradecemos.',
      {
        friendly: 'Muchas gracias por su pago de {{payment_amount}}, que recibimos el {{payment_day}}.',
      },
    ),
    remittance_request: inAllTones(
      'Gracias por su pago de {{payment_amount}}, que recibimos el {{payment_day}}. Todavía no sabemos a qué facturas corresponde.',
    ),
    statement: inAllTones([
      'Le adjuntamos el extracto de su cuenta a {{today}} ({{attachment}}). El saldo pendiente es de {{total}}.',
      'Este es el extracto de su cuenta a {{today}}. El saldo pendiente es de {{total}}.',
    ]),
  },
  listed:
    '(La siguiente factura está pendiente|Las siguientes facturas están pendientes) en su cuenta, algunas de ellas ya vencidas:',
  beforeList: {
    broken_promise: '(Sigue pendiente esta factura|Siguen pendientes estas facturas):',
    thank_you: 'En su cuenta (sigue pendiente esta factura|siguen pendientes estas facturas):',
    remittance_request: 'En su cuenta (está pendiente esta factura|están pendientes estas facturas):',
  },
  total: 'En total: {{total}}',
  orders: 'Sus números de pedido: {{po_numbers}}',
  attached: 'Encontrará adjunto el extracto de su cuenta ({{attachment}}).',
  ask: {
    reminder: {
      friendly: [
        { when: 'late', text: '¿Podría indicarnos cuándo podemos contar con el pago?' },
        { when: 'partlyLate', text: '¿Podría indicarnos cuándo podemos contar con el pago?' },
        '¿Podría decirnos si le falta algo para (pagarla|pagarlas) a tiempo?',
      ],
      neutral: [
        {
          when: 'late',
          text: 'Le rogamos que pague a más tardar el {{answer_by}} o que nos indique la fecha del pago.',
        },
        {
          when: 'partlyLate',
          text: 'Le rogamos que pague los importes vencidos a más tardar el {{answer_by}} o que nos indique la fecha del pago.',
        },
        'Le rogamos que prevea el pago a su vencimiento.',
      ],
      firm: [
        { when: 'late', text: 'Le pedimos que pague a más tardar el {{answer_by}}.' },
        {
          when: 'partlyLate',
          text: 'Le pedimos que pague los importes vencidos a más tardar el {{answer_by}}.',
        },
        'Le pedimos que se asegure de que el pago nos llegue a tiempo.',
      ],
      urgent: [
        {
          when: 'late',
          text: 'Le pedimos que pague {{total}} a más tardar el {{answer_by}} y nos confirme hoy la fecha del pago.',
        },
        {
          when: 'partlyLate',
          text: 'Le pedimos que pague los importes vencidos a más tardar el {{answer_by}} y nos confirme hoy la fecha del pago.',
        },
        'Le pedimos que nos confirme hoy que el pago llegará a tiempo.',
      ],
    },
    overdue: {
      friendly: '¿Podría indicarnos a más tardar el {{answer_by}} cuándo podemos contar con el pago?',
      neutral:
        'Le rogamos que pague a más tardar el {{answer_by}} o que nos indique hasta entonces la fecha del pago.',
      firm: 'Le pedimos que pague {{total}} a más tardar el {{answer_by}}. Si algo lo impide, díganos hasta entonces de qué se trata.',
      urgent: 'Le pedimos que nos confirme hoy que se pagarán {{total}} a más tardar el {{answer_by}}.',
    },
    final_notice: {
      friendly:
        'Le rogamos que pague {{total}} a más tardar el {{answer_by}}, o que nos escriba hasta entonces para encontrar juntos una solución.',
      neutral:
        'Le rogamos que pague {{total}} a más tardar el {{answer_by}}. Si hasta entonces no tenemos noticias suyas, decidiremos cómo seguir con su cuenta.',
      firm: 'Le pedimos que pague {{total}} a más tardar el {{answer_by}}. Pasado ese día decidiremos, sin más recordatorios, cómo seguir con su cuenta.',
      urgent:
        'Le pedimos que pague {{total}} a más tardar el {{answer_by}} y nos lo confirme hoy. Pasado ese día decidiremos, sin más recordatorios, cómo seguir con su cuenta.',
    },
    broken_promise: {
      friendly: '¿Podría comprobarlo y decirnos a más tardar el {{answer_by}} cuándo se envió?',
      neutral: 'Le rogamos que nos diga a más tardar el {{answer_by}} cuándo lo recibiremos.',
      firm: 'Le pedimos que pague a más tardar el {{answer_by}} y nos confirme la fecha del pago.',
      urgent: 'Le pedimos que pague a más tardar el {{answer_by}} y nos confirme hoy la fecha del pago.',
    },
    thank_you: inAllTones(
      { when: 'owing', text: '¿Podría indicarnos cuándo podemos contar con su pago?' },
      {
        firm: { when: 'owing', text: 'Le pedimos que (la|las) pague a más tardar el {{answer_by}}.' },
        urgent: { when: 'owing', text: 'Le pedimos que (la|las) pague a más tardar el {{answer_by}}.' },
      },
    ),
    remittance_request: inAllTones(
      'Le rogamos que nos envíe a más tardar el {{answer_by}} el aviso de pago, o los números e importes de las facturas.',
      {
        friendly:
          '¿Podría enviarnos a más tardar el {{answer_by}} el aviso de pago, o simplemente los números e importes de las facturas?',
      },
    ),
    statement: {
      friendly:
        '¿Podría compararlo con sus registros y comunicarnos cualquier diferencia a más tardar el {{answer_by}}?',
      neutral: compare,
      firm: [
        { when: 'late', text: `${compare} Le pedimos además que pague los importes vencidos.` },
        { when: 'partlyLate', text: `${compare} Le pedimos además que pague los importes vencidos.` },
        compare,
      ],
      urgent: [
        { when: 'late', text: `${compare} Le pedimos además que pague sin demora los importes vencidos.` },
        {
          when: 'partlyLate',
          text: `${compare} Le pedimos además que pague sin demora los importes vencidos.`,
        },
        compare,
      ],
    },
  },
  pay: 'Cómo pagar:\n{{how_to_pay}}',
  courtesy: {
    reminder: 'Si ya ha pagado, se lo agradecemos y le rogamos que no tenga en cuenta este mensaje.',
    overdue: 'Si ha pagado entretanto, se lo agradecemos y le rogamos que nos indique la fecha del pago.',
    final_notice:
      'Si ha pagado entretanto, se lo agradecemos y le rogamos que nos indique la fecha del pago.',
    broken_promise:
      'Si ha pagado entretanto, se lo agradecemos y le rogamos que no tenga en cuenta este mensaje.',
    thank_you: 'Es un placer trabajar con ustedes.',
    remittance_request: 'Así podremos saldar enseguida las facturas de su cuenta. Gracias por su ayuda.',
    statement: 'Los pagos recibidos después de esa fecha no figuran en él.',
  },
  reach: [
    'Si algo no está claro, responda simplemente a este correo o llámenos al {{phone}}.',
    'Si algo no está claro, responda simplemente a este correo.',
  ],
  signOff: {
    friendly: 'Un cordial saludo,',
    neutral: 'Un cordial saludo,',
    firm: 'Atentamente,',
    urgent: 'Atentamente,',
  },
};
