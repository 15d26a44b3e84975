// The page's icon.

extension ChatPage {
    static let chatIcon = #"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#e5a00d"/><path d="M12 8l11 8-11 8z" fill="#1b1c20"/></svg>
        """#
}
