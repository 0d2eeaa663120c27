// Stands between JDA and the twin, and adds what Discord does and the twin does not. All else is passed on as it is.

import http from 'node:http'
import { ChannelType } from 'discord-api-types/v10'
import { generateSnowflake } from 'discord-digital-twin'
import { WebSocket, WebSocketServer } from 'ws'

const ALL_PERMISSIONS = '1099511627775'

/** A server for HTTP and websocket that is to be opened. */
export function shimServer(twin) {
  const server = http.createServer((request, response) => {
    const path = new URL(request.url, 'http://twin').pathname
    const own = ownRoute(request.method, path)
    if (!own) {
      passOn(twin, request, response)
      return
    }
    read(request)
      .then((body) => own(twin, body))
      .then((answer) => {
        response.writeHead(200, { 'Content-Type': 'application/json' })
        response.end(JSON.stringify(answer))
      })
      .catch((error) => {
        response.writeHead(500, { 'Content-Type': 'application/json' })
        response.end(JSON.stringify({ code: 0, message: String(error) }))
      })
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (jda) => join(twin, jda, server.address().port))
  })
  return server
}

function ownRoute(method, path) {
  if (method === 'POST' && path === '/api/v10/users/@me/channels') {
    return openDirectMessages
  }
  if (/^\/api\/v10\/applications\/\d+\/commands$/.test(path)) {
    return { GET: commands, POST: addCommand }[method]
  }
  return undefined
}

async function read(request) {
  const parts = []
  for await (const part of request) {
    parts.push(part)
  }
  const text = Buffer.concat(parts).toString()
  return text === '' ? {} : JSON.parse(text)
}

function passOn(twin, request, response) {
  const headers = { ...request.headers, host: `127.0.0.1:${twin.port}` }
  const inner = http.request(
    { host: '127.0.0.1', port: twin.port, method: request.method, path: request.url, headers },
    (answer) => {
      response.writeHead(answer.statusCode, answer.headers)
      answer.pipe(response)
    },
  )
  inner.on('error', () => response.destroy())
  request.pipe(inner)
}

// --- What the twin has no routes for ---

/** The twin's channels have no recipients: the recipient is kept as the owner. */
export async function openDirectMessages(twin, body) {
  const recipient = String(body.recipient_id)
  const known = await twin.prisma.channel.findFirst({
    where: { type: ChannelType.DM, ownerId: recipient },
  })
  const channel =
    known ??
    (await twin.prisma.channel.create({
      data: { id: generateSnowflake(), type: ChannelType.DM, ownerId: recipient },
    }))
  return directMessages(twin, channel)
}

async function directMessages(twin, channel) {
  const user = await twin.prisma.user.findUniqueOrThrow({ where: { id: channel.ownerId } })
  return {
    id: channel.id,
    type: ChannelType.DM,
    last_message_id: channel.lastMessageId,
    recipients: [userOf(user)],
    flags: 0,
  }
}

function userOf(user) {
  return {
    id: user.id,
    username: user.username,
    discriminator: user.discriminator,
    global_name: user.globalName,
    avatar: user.avatar,
    bot: user.bot,
  }
}

async function commands(twin) {
  const rows = await twin.prisma.applicationCommand.findMany({ where: { guildId: null } })
  return rows.map(commandOf)
}

/** One command beside the others, or in place of the one of that name: the twin can only replace all. */
async function addCommand(twin, body) {
  const where = { applicationId: twin.botUserId, guildId: null, name: body.name }
  await twin.prisma.applicationCommand.deleteMany({ where })
  const row = await twin.prisma.applicationCommand.create({
    data: {
      ...where,
      id: generateSnowflake(),
      description: body.description ?? '',
      type: body.type ?? 1,
      options: JSON.stringify(body.options ?? []),
      defaultMemberPermissions: body.default_member_permissions ?? null,
      version: generateSnowflake(),
    },
  })
  return { ...body, ...commandOf(row) }
}

function commandOf(row) {
  return {
    id: row.id,
    application_id: row.applicationId,
    version: row.version,
    type: row.type,
    name: row.name,
    description: row.description,
    options: JSON.parse(row.options),
    default_member_permissions: row.defaultMemberPermissions,
  }
}

// --- What the twin's gateway leaves out ---

function join(twin, jda, port) {
  const inner = new WebSocket(twin.gatewayUrl)
  const waiting = []
  jda.on('message', (message) => {
    const text = message.toString()
    if (inner.readyState === WebSocket.OPEN) {
      inner.send(text)
    } else {
      waiting.push(text)
    }
  })
  inner.on('open', () => waiting.splice(0).forEach((text) => inner.send(text)))
  // One after the other: completing an event may ask the twin's database, and the order must stay.
  let last = Promise.resolve()
  inner.on('message', (message) => {
    last = last
      .then(() => completed(twin, JSON.parse(message.toString()), port))
      .then((payload) => jda.send(JSON.stringify(payload)))
      .catch((error) => {
        console.error(error)
        jda.close(4000)
      })
  })
  jda.on('close', () => inner.close())
  inner.on('close', (code, reason) => jda.close(code >= 4000 ? code : 1000, reason))
  inner.on('error', () => jda.terminate())
}

async function completed(twin, payload, port) {
  const data = payload.d
  switch (payload.t) {
    case 'READY':
      data.private_channels = []
      data.resume_gateway_url = `ws://127.0.0.1:${port}/gateway`
      break
    case 'GUILD_CREATE':
      for (const role of data.roles) {
        role.colors = { primary_color: role.color, secondary_color: null, tertiary_color: null }
      }
      break
    case 'INTERACTION_CREATE':
      await completeInteraction(twin, data)
      break
    default:
      if (data && data.guild_id === '') {
        // So the twin marks what belongs to no guild.
        delete data.guild_id
      }
  }
  return payload
}

async function completeInteraction(twin, data) {
  const channel = await twin.prisma.channel.findUniqueOrThrow({ where: { id: data.channel_id } })
  if (channel.type !== ChannelType.DM) {
    data.guild = { id: data.guild_id, locale: 'en-US', features: [] }
    data.channel.permissions = ALL_PERMISSIONS
    return
  }
  data.user = data.member.user
  data.context = 1
  data.channel = await directMessages(twin, channel)
  for (const guilds of ['guild', 'guild_id', 'guild_locale', 'member']) {
    delete data[guilds]
  }
  if (data.message) {
    delete data.message.guild_id
    delete data.message.member
  }
}
