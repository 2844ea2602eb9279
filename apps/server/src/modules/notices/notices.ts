import type { NoticeKind, NoticeSubject, Role } from '@datong/contracts'
import type { ServerModule } from '../../platform/server-module.ts'
import type { NoticeParams } from './tables.ts'

/** Whom a notice is for: a person, or a role in one department, or a role wherever it is held. */
export interface Audience {
  readonly accountId?: string
  readonly organisation?: string
  readonly roles?: readonly Role[]
}

export interface NoticeDraft {
  /** Names the happening and whom it is told: told again, nothing is added. */
  readonly key: string
  readonly kind: NoticeKind
  readonly params: NoticeParams
  readonly subject: { readonly type: NoticeSubject; readonly id: string }
  readonly to: Audience
}

/** Tells people what happened to what they answer for. */
export interface Notices extends ServerModule {
  tell(draft: NoticeDraft): Promise<void>
}
