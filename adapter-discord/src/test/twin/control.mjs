// What the test does as the customer, and what it reads of the twin's storage.

import http from 'node:http'
import { InteractionType } from 'discord-api-types/v10'
import { openDirectMessages } from './shim.mjs'

const ACTIONS = {
  '/direct': (twin, { user }) => openDirectMessages(twin, { recipient_id: user }),
  '/write': (twin, { channel, user, text }) => twin.channel(channel).user(user).sendMessage({ content: text }),
  '/edit': (twin, { channel, user, message, text }) =>
    twin.channel(channel).user(user).editMessage({ messageId: message, content: text }),
  '/command': (twin, { channel, user, name, options }) =>
    twin.channel(channel).user(user).runSlashCommand({ name, options }),
  '/press': (twin, { channel, user, message, button }) =>
    twin.channel(channel).user(user).clickButton({ messageId: message, customId: button }),
  // Discord sends the fields of a form in labels; the twin's own submitModal would send them in rows, as it was years ago.
  '/submit': (twin, { channel, user, form, fields }) =>
    twin.simulateInteraction({
      type: InteractionType.ModalSubmit,
      channelId: channel,
      userId: user,
      data: {
        custom_id: form,
        components: Object.entries(fields).map(([name, value], index) => ({
          type: 18,
          id: 2 * index + 1,
          component: { type: 4, id: 2 * index + 2, custom_id: name, value },
        })),
      },
    }),
  '/messages': (twin, { channel }) => twin.channel(channel).getMessages(),
  '/interaction': (twin, { id }) => twin.prisma.interactionResponse.findUnique({ where: { interactionId: id } }),
  '/commands': (twin) => twin.prisma.applicationCommand.findMany(),
}

/** A server that is to be opened: each request is one of the actions, with what it needs as JSON. */
export function controlServer(twin) {
  return http.createServer(async (request, response) => {
    try {
      const parts = []
      for await (const part of request) {
        parts.push(part)
      }
      const answer = await ACTIONS[request.url](twin, JSON.parse(Buffer.concat(parts).toString()))
      response.writeHead(200, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify(answer ?? null))
    } catch (error) {
      response.writeHead(500)
      response.end(String(error.stack ?? error))
    }
  })
}
