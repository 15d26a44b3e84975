-- For wrk: a stop of the Jellyfin plugin with all its properties, every one another film, so that none is a duplicate.
local number = 0
local thread = 0
function setup(t) thread = thread + 1; t:set("own", thread) end
local file = io.open(os.getenv("HOOK_BODY"), "r")
local body = file:read("*a")
file:close()
function request()
  number = number + 1
  local id = string.format("%08x%08x%016x", own, number, 0xf11a5e)
  return wrk.format("POST", "/jellyfin/playback",
    { ["Content-Type"] = "text/plain; charset=utf-8", ["X-Webhook-Secret"] = "bench" },
    (body:gsub("ITEM", id)))
end
local accepted = 0
function response(status) if status == 202 then accepted = accepted + 1 end end
