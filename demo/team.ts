/** The people of the demo company. All addresses are in the reserved `.example` domain. */

export const companyName = 'Remy Demo Company (fictional data)';
export const companyDomain = 'demo.example';
export const receivablesAddress = 'receivables@demo.example';

export const salesReps = {
  maria: 'maria.lopez@demo.example',
  james: 'james.carter@demo.example',
  lena: 'lena.fischer@demo.example',
  aiko: 'aiko.tanaka@demo.example',
  omar: 'omar.haddad@demo.example',
} as const;
export type SalesRep = keyof typeof salesReps;

export const collector = 'dana.kim@demo.example';
export const seniorCollector = 'sam.osei@demo.example';
export const controller = 'ruth.adler@demo.example';

export type DemoUser = {
  email: string;
  name: string;
  role: 'viewer' | 'collector' | 'approver' | 'controller';
};

/** Who can use the demo: five account owners who see their own accounts, and the receivables team. */
export const demoUsers: readonly DemoUser[] = [
  { email: controller, name: 'Ruth Adler', role: 'controller' },
  { email: seniorCollector, name: 'Sam Osei', role: 'approver' },
  { email: collector, name: 'Dana Kim', role: 'collector' },
  { email: salesReps.maria, name: 'Maria Lopez', role: 'viewer' },
  { email: salesReps.james, name: 'James Carter', role: 'viewer' },
  { email: salesReps.lena, name: 'Lena Fischer', role: 'viewer' },
  { email: salesReps.aiko, name: 'Aiko Tanaka', role: 'viewer' },
  { email: salesReps.omar, name: 'Omar Haddad', role: 'viewer' },
];
