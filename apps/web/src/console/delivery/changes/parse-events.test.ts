import { describe, expect, it } from 'vitest'
import { createEventParser } from './parse-events.ts'

describe('server-sent events', () => {
  it('are read as they were sent', () => {
    expect(createEventParser()('retry: 3000\n\nid: 7\nevent: added\ndata: {"a":1}\n\n: \n\n')).toEqual([{ event: 'added', data: '{"a":1}', id: '7' }])
  })
  it('are whole wherever the network cuts them', () => {
    const text = 'id: 1\nevent: reached\ndata: x\ndata: y\n\nid: 2\ndata: z\n\n'
    for (let cut = 0; cut <= text.length; cut += 1) {
      const parse = createEventParser()
      expect([...parse(text.slice(0, cut)), ...parse(text.slice(cut))]).toEqual([{ event: 'reached', data: 'x\ny', id: '1' }, { event: 'message', data: 'z', id: '2' }])
    }
  })
})
