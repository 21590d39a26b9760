/// The colours of "het briefje"; in grey, words on each keep a contrast of 4.5 or more.
enum Palette {
    static let paper = "#FBF7F0"
    static let card = "#FFFFFF"
    static let ink = "#20302E"
    static let soft = "#51615E"
    static let green = "#1B5E57"
    static let mist = "#E3EFEC"
    static let line = "#7C8A86"
    static let apricot = "#F6B65B"
    static let notice = "#FFF1D6"
}
