import type { Recognizer, RecognizerId } from './recognizer.ts'
import { address } from './recognizers/address.ts'
import { bankCard } from './recognizers/bank-card.ts'
import { citizenNumber } from './recognizers/citizen-number.ts'
import { coordinates } from './recognizers/coordinates.ts'
import { dateOfBirth } from './recognizers/date-of-birth.ts'
import { divisionCode } from './recognizers/division-code.ts'
import { email } from './recognizers/email.ts'
import { ipv4 } from './recognizers/ipv4.ts'
import { organisationCode } from './recognizers/organisation-code.ts'
import { organisationName } from './recognizers/organisation-name.ts'
import { passport } from './recognizers/passport.ts'
import { personName } from './recognizers/person-name.ts'
import { phone } from './recognizers/phone.ts'
import { plate } from './recognizers/plate.ts'
import { postcode } from './recognizers/postcode.ts'
import { unifiedCreditCode } from './recognizers/unified-credit-code.ts'

/** Every recogniser by its id. A new one is a file in `recognizers/`, its id in `recognizer.ts`, and a line here. */
export const RECOGNIZERS = {
  'citizen-number': citizenNumber,
  'unified-credit-code': unifiedCreditCode,
  'organisation-code': organisationCode,
  'bank-card': bankCard,
  phone,
  email,
  plate,
  passport,
  ipv4,
  coordinates,
  'date-of-birth': dateOfBirth,
  'person-name': personName,
  address,
  'organisation-name': organisationName,
  'division-code': divisionCode,
  postcode,
} satisfies Record<RecognizerId, Recognizer>
