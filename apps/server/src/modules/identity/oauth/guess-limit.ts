import ipaddr from 'ipaddr.js'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { OAuthError } from './oauth-error.ts'

/** Tries a minute and address that may fail. */
const MOST_FAILURES = 30
const WINDOW_S = 60

/** Slows down who guesses at clients and secrets. */
export interface GuessLimit {
  /** Runs a try that throws when it fails; a try counts before it is looked at, and one that succeeds is given back. */
  run<T>(address: string, attempt: () => Promise<T>): Promise<T>
}

export function createGuessLimit(): GuessLimit {
  const failures = new RateLimiterMemory({ points: MOST_FAILURES, duration: WINDOW_S })
  return {
    run: async (address, attempt) => {
      const from = networkOf(address)
      await failures.consume(from).catch((refused: unknown) => {
        if (!(refused instanceof RateLimiterRes)) throw refused
        throw new OAuthError('temporarily_unavailable', 'too many failed requests; wait', Math.ceil(refused.msBeforeNext / 1_000))
      })
      const answer = await attempt()
      await failures.reward(from)
      return answer
    },
  }
}

/** Who has one IPv6 address has the 2⁶⁴ beside it. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString()
}
