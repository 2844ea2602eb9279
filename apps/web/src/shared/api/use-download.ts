import { ProblemError, type Problem } from '@datong/contracts'
import { App } from 'antd'
import { useState } from 'react'
import { useT } from '../i18n/use-t.ts'
import { explain } from './problem.ts'

/** Saves a text as a file on the reader's machine. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** Downloads what an address answers in a given media type; a refusal is explained instead of saved. */
export function useDownload(): { readonly busy: boolean; start(url: string, accept: string, name: string): void } {
  const { t } = useT()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const run = async (url: string, accept: string, name: string): Promise<void> => {
    setBusy(true)
    try {
      const answer = await fetch(url, { headers: { accept } })
      if (!answer.ok) throw new ProblemError((await answer.json()) as Problem) // refusals are problem+json
      saveFile(await answer.blob(), name)
    } catch (error) {
      void message.error(explain(error, t).text)
    } finally {
      setBusy(false)
    }
  }
  return { busy, start: (url, accept, name) => void run(url, accept, name) }
}
