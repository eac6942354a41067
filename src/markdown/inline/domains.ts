/** Top-level domains: what makes `example.com` an address and `notes.txt` none. */

/**
 * The country domains, without those that are mostly file name extensions (`md`, `py`).
 */
const COUNTRIES = `
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv
bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es
et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu
id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt
lu lv ly ma mc me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np
nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw qa re ro rs ru rw sa sb sc sd se sg sh si sj sk
sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy
uz va vc ve vg vi vn vu wf ws ye yt za zm zw
`;

/** The generic domains that are open to registration or in wide use. */
const GENERIC = `
academy accountant accountants actor adult aero africa agency airforce alsace amsterdam apartments
app apple archi army arpa art arte asia associates attorney auction audible audio author auto autos
aws azure baby band bank bar barcelona barclays bargains baseball basketball bayern bbc beauty beer
berlin best bet bible bid bike bing bingo bio biz black blackfriday blog bloomberg blue bmw boats
bond boo book booking boston bot boutique box broker brother brussels build builders business buy
buzz cab cafe cam camera camp capital car cards care career careers cars casa case cash casino cat
catering catholic center ceo cern chanel channel chat cheap christmas chrome church cisco city
cityeats claims cleaning click clinic clothing cloud club clubmed coach codes coffee college cologne
com community company compare computer comsec condos construction consulting contact contractors
cooking cool coop corsica country coupon coupons courses cpa credit creditcard cricket crown cruises
cymru dad dance data date dating datsun day dclk dds deal dealer deals degree delivery dell deloitte
democrat dental dentist desi design dev dhl diamonds diet digital direct directory discount discover
diy docs doctor dog domains download drive dubai dupont durban dvr earth eat eco edeka edu education
email emerck energy engineer engineering enterprises epson equipment ericsson esq estate eurovision
eus events exchange expert exposed express fail faith family fan fans farm fashion feedback ferrari
film final finance financial firestone fish fishing fit fitness flights flir florist flowers fly foo
food football ford forex forsale forum foundation fox free frl fund furniture futbol fyi gal gallery
game games garden gay gdn gent gift gifts gives giving glass gle global globo gmail gmbh gold golf
goo goog google gop gov graphics gratis green gripe grocery group gucci guge guide guitars guru hair
hamburg hangout haus health healthcare help helsinki here hermes hiphop hisamitsu hitachi hiv hockey
holdings holiday homedepot homes honda horse hospital host hosting hot hotels hotmail house how hsbc
hyundai ibm icbc ice icu ieee ikano imdb immo immobilien inc industries info ing ink institute
insurance insure int intel international intuit investments ipiranga irish ist istanbul itau jaguar
jetzt jewelry jio jobs joburg jot joy jpmorgan juegos juniper kaufen kddi kia kids kim kindle kitchen
kiwi koeln komatsu kpmg kpn krd kred kyoto lacaixa lamborghini lancaster land landrover lat latino
latrobe law lawyer lds lease leclerc legal lego lexus lgbt lidl life lifeinsurance lifestyle lighting
like lilly limited limo lincoln link live living llc llp loan loans locker locus lol london lotte
lotto love ltd ltda luxe luxury madrid maif maison makeup man management mango map market marketing
markets marriott mba media meet melbourne meme memorial men menu merck miami microsoft mil mini mint
mit mobi mobile moda moe mom monash money monster mormon mortgage moscow moto motorcycles movie museum
music mutual nab nagoya name natura navy nec net netflix network neustar new news nexus nfl ngo nhk
nico nike nikon ninja nissan nissay nokia norton now nowtv nra nrw ntt nyc obi observer office okinawa
olympus omega one ong onl online ooo open oracle orange org organic origins osaka otsuka ovh page
panasonic paris partners parts party pay pet pfizer pharmacy phd philips phone photo photography photos
physio pics pictet pictures pid pin ping pink pioneer pizza place play playstation plumbing plus
poker politie porn post press prime pro productions prof progressive promo properties property
protection pub qpon quebec quest racing radio read realestate realtor realty recipes red redstone
rehab reise reisen reit reliance ren rent rentals repair report republican rest restaurant review
reviews rich rip rocks rodeo rogers room rsvp rugby ruhr run ryukyu saarland safe safety sakura sale
salon samsung sandvik sanofi sap sarl sas save saxo sbi sca school schule schwarz science scot search
seat secure security seek select services seven sew sex sexy sharp shell shiksha shoes shop shopping
show silk singles site ski skin sky skype smart sncf soccer social softbank software sohu solar
solutions song sony soy spa space sport spot srl stada star statefarm stc stockholm storage store
stream studio study style sucks supplies supply support surf surgery suzuki swatch swiss sydney
systems taipei talk taobao target tatar tattoo tax taxi team tech technology tel temasek tennis teva
thd theater theatre tickets tienda tips tires tirol tjx today tokyo tools top toray toshiba total
tours town toyota toys trade trading training travel travelers trust tube tui tunes ubank ubs
university uno uol ups vacations vana vegas ventures verisign versicherung vet viajes video villas
vin vip virgin visa vision viva vivo vlaanderen vodka volkswagen volvo vote voting voto voyage wales
walmart walter wang watch watches weather web webcam weber website wed wedding weibo weir whoswho
wien wiki win windows wine winners work works world wow wtf xbox xerox xin xxx xyz yachts yahoo
yandex yodobashi yoga yokohama you youtube yun zappos zara zero zone zuerich
`;

/** Domains in other scripts that are in wide use. */
const INTERNATIONAL = `
امارات السعودية مصر ایران भारत 中国 中國 香港 台湾 台灣 한국 рф укр бг қаз мкд срб ευ ελ ไทย
世界 中文网 公司 在线 网址 网站 网络 商城 москва онлайн орг сайт дети みんな קום
`;

const DOMAINS = new Set(`${COUNTRIES}${GENERIC}${INTERNATIONAL}`.trim().split(/\s+/));

/** Whether a label is a top-level domain. As in Connect, capitals are not. */
export function isTopLevelDomain(label: string): boolean {
  return DOMAINS.has(label);
}
