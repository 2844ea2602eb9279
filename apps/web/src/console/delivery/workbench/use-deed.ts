import { App } from 'antd'
import { explain } from '../../../shared/api/problem.ts'
import { useT } from '../../../shared/i18n/use-t.ts'

/** Runs a deed from a button: says when it is done, or explains why not; asks first where it cannot be undone. */
export function useDeed(): { run(deed: () => Promise<unknown>, done: string): void; confirm(title: string, deed: () => Promise<unknown>, done: string): void } {
  const { t } = useT()
  const { message, modal } = App.useApp()
  const run = async (deed: () => Promise<unknown>, done: string): Promise<void> => {
    try {
      await deed()
      void message.success(done)
    } catch (error) {
      const { text, issues } = explain(error, t)
      void message.error([text, ...issues.map((issue) => issue.text)].join(' '), 6)
    }
  }
  return {
    run: (deed, done) => void run(deed, done),
    confirm: (title, deed, done) => void modal.confirm({ title, okText: t('workbench.end'), cancelText: t('common.cancel'), okButtonProps: { danger: true }, onOk: () => run(deed, done) }),
  }
}
