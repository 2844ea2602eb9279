import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { CallToolRequestSchema, type CallToolResult, ErrorCode, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js'
import { isAppError } from '@datong/kernel'
import { Check, Errors } from 'typebox/value'
import type { Tool, ToolCall } from './tool.ts'

const INSTRUCTIONS = 'Government data of a city: search the catalogue with search_datasets, read fields with get_dataset_info, then rows with query_resource_data. '
  + 'Without a key only open data can be read. Names of data sets and fields are Chinese.'

/** A server of the Model Context Protocol for one request: nothing is kept between two. */
export function mcpServer(tools: readonly Tool[], call: ToolCall, version: string): Server {
  const server = new Server({ name: 'datong', title: '达通 Datong', version }, { capabilities: { tools: {} }, instructions: INSTRUCTIONS })
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.map(({ name, title, description, input, output }) => ({
      name, title, description, inputSchema: objectSchema(input), outputSchema: objectSchema(output), annotations: { title, readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    })),
  }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params }): Promise<CallToolResult> => {
    const tool = tools.find(({ name }) => name === params.name)
    if (tool === undefined) throw new McpError(ErrorCode.InvalidParams, `Unknown tool: ${params.name.slice(0, 100)}`)
    const given = params.arguments ?? {}
    if (!Check(tool.input, given)) return failed(`Invalid arguments: ${[...Errors(tool.input, given)].slice(0, 10).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`).join('; ')}`)
    try {
      const { content, receipts = {} } = await tool.run(given, call)
      // The text is for clients that do not read structured content.
      return { content: [{ type: 'text', text: JSON.stringify(content) }], structuredContent: { ...content }, ...(Object.keys(receipts).length > 0 ? { _meta: { 'datong/evidence': receipts } } : {}) }
    } catch (error) {
      if (isAppError(error)) return failed(sentenceOf(error.code, error.issues.map(({ pointer, message }) => `${pointer} ${message}`)))
      throw error
    }
  })
  return server
}

/** The schema as plain JSON, whose type is `object` for every tool. */
const objectSchema = (schema: Tool['input']): { type: 'object' } => ({ ...Object(JSON.parse(JSON.stringify(schema))), type: 'object' as const })

const failed = (text: string): CallToolResult => ({ isError: true, content: [{ type: 'text', text }] })

/** What a model can do about it. */
const ADVICE: Readonly<Record<string, string>> = {
  'request/not-found': 'There is no such data set, or you may not see it. Use search_datasets to find its code.',
  'delivery/no-data': 'The data set has no rows that can be queried.',
  'delivery/no-grant': 'These rows need a grant: a department applies for one, and calls with its key.',
  'delivery/invalid-query': 'A field does not exist, is masked, or the value is not of its type.',
  'delivery/quota-exceeded': 'The quota is used up for now; wait and ask less often.',
  'delivery/query-too-slow': 'The question took too long; add conditions.',
  'request/overloaded': 'The server is busy; ask again later.',
}

const sentenceOf = (code: string, issues: readonly string[]): string => [ADVICE[code] ?? 'The data cannot be read.', `(${code}${issues.length > 0 ? `: ${issues.join('; ')}` : ''})`].join(' ')
