/// The 1,024 consonant-vowel-consonant syllables of a token, in alphabetical order.
///
/// Speakable in any language; ten bits each.
/// - SeeAlso: `docs/spec/token-syllables.txt`, which a test compares.
enum TokenSyllables {
    /// How many there are.
    static let count = 1024

    /// The three letters of a syllable.
    static func letters(_ number: UInt16) -> [UInt8] {
        let start = Int(number) * 3
        return table.withUTF8Buffer { [UInt8]($0[start..<start + 3]) }
    }

    /// The number of the syllable with these three letters, or nil when the table has none such.
    static func number(_ letters: [UInt8]) -> UInt16? {
        var low: UInt16 = 0
        var high = UInt16(count)
        while low < high {
            let middle = (low + high) / 2
            let precedes = self.letters(middle).lexicographicallyPrecedes(letters)
            if precedes { low = middle + 1 } else { high = middle }
        }
        return low < count && self.letters(low) == letters ? low : nil
    }

    private static let table: StaticString = """
        bafbagbakbalbambanbapbarbasbatbavbazbebbedbegbekbelbembenbepberbesbetbevbezbibbidbif\
        bigbikbimbinbipbirbisbitbivbizbobbodbofbogbolbonbopborbosbotbovbozbubbudbufbugbukbul\
        bunbupburbusbutbuvbuzdabdaddafdagdakdaldamdandapdardasdatdavdazdebdeddefdegdekdeldem\
        dendepderdesdetdevdezdibdiddifdildimdindipdirdisditdivdizdobdofdogdokdondordosdotdov\
        dozdubduddufdugdukduldundupdurdusdutduvduzfabfadfaffalfamfanfapfarfasfatfavfazfebfed\
        feffegfekfelfemfenfepferfesfetfevfezfibfidfiffigfilfimfinfipfirfisfitfivfizfobfodfof\
        fogfolfomfonfopforfosfotfovfozfubfudfuffugfulfumfunfupfurfusfutfuvfuzgabgadgafgaggak\
        gamgangapgargavgazgebgedgefgeggelgemgengepgergesgetgevgezgibgidgifgiggikgilgimgingip\
        girgisgitgivgizgobgofgoggokgolgomgongopgorgosgovgozgubgudgufguggukgulgumgupgurgusgut\
        guvguzhabhadhafhakhalhamhanhapharhashathavhazhebhedhefheghekhemhenhepherheshethevhez\
        hibhidhifhighikhilhimhinhiphirhishivhizhobhodhofhoghokhonhophoshothovhozhubhudhufhug\
        hukhulhumhuphurhushuthuvhuzkabkadkagkalkamkankapkarkaskatkavkazkebkedkefkegkekkelkem\
        kenkepkerkesketkevkezkibkifkigkimkinkipkirkiskitkivkizkobkodkofkogkolkomkonkopkorkos\
        kotkovkozkubkudkufkugkukkulkumkunkupkurkuskuvkuzlabladlaflaglaklallanlaplarlaslatlav\
        lazlebledleflegleklemlenleplerlesletlevlezliblifliglillimlinliplirlislitlivlizloblod\
        loflogloklollomlonloplorloslotlovlozlubludluflugluklumlunluplurluslutluvluzmabmafmag\
        makmammanmapmarmasmatmavmazmebmedmefmegmekmelmemmenmepmermetmevmezmibmidmifmigmikmil\
        mimminmipmirmismitmivmizmobmodmogmokmolmommonmopmosmotmovmozmubmudmufmugmukmulmummun\
        mupmurmusmutmuvmuznabnadnafnagnaknalnamnannapnasnatnavnebnednefneknelnemnennernesnet\
        nevneznibnidnifnilnimninnipnirnisnitnivniznobnodnofnognoknolnomnonnopnornosnotnovnoz\
        nubnudnufnugnulnumnunnupnurnusnutnuvnuzpabpadpafpagpakpalpampanpapparpaspatpavpazpeb\
        pedpefpegpekpelpempenpepperpespetpevpezpibpidpifpigpimpinpirpitpivpizpobpodpofpogpok\
        polpomponporpospovpozpubpudpufpugpukpulpumpunpurpuvpuzrabradrafragrakralramranrarrav\
        razrebredrefregrekremrenreprerresretrevrezridrifrigrikrilrimrinriprirrisritrivrizrob\
        rodrofrogrokrolromronroprorrosrovrozrubrudrufrugrukrulrumrunruprurrusrutruvruzsabsaf\
        sagsaksalsamsansarsassatsavsazsebsedsefsegsekselsemsensepsersessetsevsezsibsidsifsig\
        silsimsipsirsitsivsizsobsofsogsoksomsonsopsorsossotsovsozsubsudsufsugsuksumsunsupsur\
        sussutsuvsuztabtadtaftagtaktaltamtantaptartastavtaztebtedteftegtekteltemtenteptertes\
        tevteztibtidtiftigtiktiltimtintiptirtistivtiztobtodtoftogtoktoltomtontoptortostovtoz\
        tubtudtuftugtuktultumtuntupturtustuvtuzvabvadvafvakvalvamvanvapvarvasvatvavvazvebved\
        vefvegvekvelvemvenvepvervesvevvezvibvidvifvigvikvilvimvinvipvirvisvitvivvizvobvofvog\
        vokvolvomvonvopvorvosvotvovvozvubvudvufvugvukvulvumvunvupvurvusvutvuvvuzwabwadwafwag\
        wakwalwamwanwaswatwavwazwebwedwefwegwekwelwemwenwepwerweswetwevwezwibwidwifwigwikwil\
        wimwinwirwiswitwivwizwobwodwofwokwolwomwonwopworwoswotwovwozwubwudwufwugwukwulwumwun\
        wupwurwuswutwuvwuzzabzadzafzagzalzamzanzapzarzaszavzazzebzedzefzegzekzelzemzenzepzer\
        zeszetzevzezzibzidzifzigzikzilzimzipzirziszitzivzizzobzodzofzogzokzolzomzonzopzorzos\
        zovzozzubzudzufzugzukzulzumzunzupzurzuszutzuvzuz
        """
}
