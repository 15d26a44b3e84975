// From the owner's settings to a server and a sender, and the sentences when that does not work out.

import Mail
import Runtime
import Testing

@Suite struct `The mail settings` {
    private func read(_ values: [String: String]) throws -> MailSettings? { try MailSettings { values[$0] } }

    @Test(arguments: [
        ("smtps://smtp.example.org", 465, MailServer.Encryption.implicit),
        ("smtps://smtp.example.org:2465/", 2465, .implicit), ("smtp://smtp.example.org", 587, .opportunistic),
        ("smtp://smtp.example.org:25?tls=off", 25, .none), ("smtp://smtp.example.org?tls=must", 587, .required),
        ("smtp://smtp.example.org?tls=try", 587, .opportunistic), ("smtp://u:p@smtp.example.org", 587, .required),
        ("smtp://u:p@smtp.example.org?tls=off", 587, .none), ("SMTPS://u:p@smtp.example.org", 465, .implicit),
    ])
    func `read one address`(_ url: String, _ port: Int, _ encryption: MailServer.Encryption) throws {
        let server = try #require(try read(["SMTP_URL": url, "EMAIL_FROM": "a@b.c"])).server
        #expect(server.host == "smtp.example.org" && server.port == port && server.encryption == encryption)
    }

    @Test func `read a login with signs in it`() throws {
        let server = try MailServer(url: "smtps://ann%40example.org:p%3A%2F%23@x%25y@[::1]:465")
        #expect(server.user == "ann@example.org" && server.password?.reveal() == "p:/#@x%y" && server.host == "::1")
        #expect(!"\(server)".contains("x%y"))
    }

    @Test func `take the login from beside the address`() throws {
        let values = ["SMTP_URL": "smtp://mail:25", "SMTP_USER": "ann@example.org", "SMTP_PASSWORD": "pw"]
        let settings = try #require(try read(values))
        #expect(settings.server.encryption == .required && settings.server.user == "ann@example.org")
        #expect(settings.from.address.description == "ann@example.org")
    }

    @Test func `know Gmail by address and app password`() throws {
        let settings = try #require(
            try read([
                "EMAIL_ADDRESS": "ann@gmail.com", "EMAIL_APP_PASSWORD": "abcd efgh ijkl mnop",
                "EMAIL_FROM_NAME": "Plex",
                "EMAIL_REPLY_TO": "robin@example.org",
            ]))
        #expect(settings.server.host == "smtp.gmail.com" && settings.server.port == 465)
        #expect(settings.server.encryption == .implicit && settings.server.password?.reveal() == "abcdefghijklmnop")
        #expect(settings.from == Mailbox("Plex", .known("ann@gmail.com")))
        #expect(settings.replyTo == Mailbox(.known("robin@example.org")))
    }

    @Test(arguments: [
        ([:], 587, MailServer.Encryption.opportunistic), (["SMTP_PORT": "465"], 465, .implicit),
        (["SMTP_SECURITY": "tls"], 465, .implicit), (["SMTP_SECURITY": "SSL", "SMTP_PORT": "994"], 994, .implicit),
        (["SMTP_SECURITY": "starttls"], 587, .required), (["SMTP_SECURITY": "off", "SMTP_PORT": "25"], 25, .none),
        (["SMTP_USER": "u", "SMTP_PASSWORD": "p"], 587, .required),
        (["SMTP_USER": "u", "SMTP_PASSWORD": "p", "SMTP_SECURITY": "none"], 587, .none),
    ])
    func `read the parts`(_ more: [String: String], _ port: Int, _ encryption: MailServer.Encryption) throws {
        let values = more.merging(["SMTP_HOST": "mail.example.org", "EMAIL_FROM": "a@b.c"]) { $1 }
        let server = try #require(try read(values)).server
        #expect(server.host == "mail.example.org" && server.port == port && server.encryption == encryption)
    }

    @Test func `may all be missing`() throws {
        #expect(try read([:]) == nil)
        #expect(try read(["EMAIL_FROM": "a@b.c", "SMTP_URL": " "]) == nil)
    }

    @Test(arguments: [
        (["SMTP_URL": "http://mail"], "SMTP_URL"), (["SMTP_URL": "smtps://"], "SMTP_URL"),
        (["SMTP_URL": "smtp://mail:99999"], "SMTP_URL"), (["SMTP_URL": "smtp://mail/path"], "SMTP_URL"),
        (["SMTP_URL": "smtp://ma il"], "SMTP_URL"), (["SMTP_URL": "smtp://mail\r\nQUIT"], "SMTP_URL"),
        (["SMTP_URL": "smtp://user@mail"], "SMTP_URL"), (["SMTP_URL": "smtp://u:%zz@mail"], "SMTP_URL"),
        (["SMTP_URL": "smtp://u:hush%0Ahush@mail"], "SMTP_URL"),
        (["SMTP_URL": "smtp://u:hush@mail?tls=try"], "SMTP_URL"),
        (["SMTP_URL": "smtp://mail?tls=maybe"], "SMTP_URL"), (["SMTP_URL": "smtps://mail?tls=off"], "SMTP_URL"),
        (["SMTP_URL": "smtp://mail?x=1"], "SMTP_URL"), (["SMTP_URL": "smtp://mail", "SMTP_USER": "u"], "SMTP_URL"),
        (["SMTP_HOST": "mail", "SMTP_PORT": "x"], "SMTP_PORT"), (["SMTP_HOST": "ma/il"], "SMTP_HOST"),
        (["SMTP_HOST": "mail", "SMTP_SECURITY": "yes"], "SMTP_SECURITY"),
        (["SMTP_HOST": "mail", "SMTP_PASSWORD": "hush"], "SMTP_PASSWORD"),
        (["EMAIL_APP_PASSWORD": "hush"], "EMAIL_ADDRESS"), (["SMTP_URL": "smtp://mail"], "EMAIL_FROM"),
        (["SMTP_URL": "smtp://mail", "EMAIL_FROM": "nobody"], "EMAIL_FROM"),
        (["SMTP_URL": "smtp://mail", "EMAIL_FROM": "a@b.c", "EMAIL_FROM_NAME": "a\nb"], "EMAIL_FROM_NAME"),
        (["SMTP_URL": "smtp://mail", "EMAIL_FROM": "a@b.c", "EMAIL_REPLY_TO": "x"], "EMAIL_REPLY_TO"),
    ])
    func `are refused by name, and no secret is said`(_ values: [String: String], _ setting: String) {
        let mistake = #expect(throws: MailSettings.Mistake.self) { try read(values) }
        #expect(mistake?.setting == setting)
        #expect(mistake?.description.contains("hush") == false)
    }
}
